import { loadavg } from 'node:os';
import { startMongo } from '@facet/testing';
import { Logger } from '@nestjs/common';
import mongoose, { Types, type Connection } from 'mongoose';
import { ImageDocument, ImageSchema } from '../../apps/catalog/src/images/image.schema';
import { MongoImageRepository } from '../../apps/catalog/src/images/mongo-image.repository';
import { migrate } from '../../apps/catalog/src/migrations/migrate';
import { MongoTallies } from '../../apps/catalog/src/tallies/mongo-tallies';
import { machine } from '../machine';
import { FacetOnMongo } from './facet-on-mongo';
import { measureGatewayList } from './gateway-list';
import { measureLineage } from './lineage';
import { load, type Load } from './load';
import { compare } from './timing';

const DATABASE = 'bench';
const LIMIT = 20;

/** A line of the table. */
type Row = Record<string, string | number>;

/**
 * `npm run bench:catalog [-- records]`: the catalog in MongoDB (a container) at a million pictures of a thousand users, one of
 * whom has a tenth. All figures are ratios of two measurements in turns, so that a busy machine troubles both.
 */
async function main(): Promise<void> {
  // what is slow is what the table says
  Logger.overrideLogger(false);
  const records = Number(process.argv[2] ?? 1_000_000);
  const mongo = await startMongo();
  const database = await mongoose.createConnection(mongo.uri, { dbName: DATABASE, maxPoolSize: 32 }).asPromise();
  try {
    console.log(`machine: ${machine()}; load average at the start ${loads()}`);
    const images = database.model<ImageDocument>(ImageDocument.name, ImageSchema);
    await migrate(database, () => undefined);
    // indexes are built faster over what is there
    await images.collection.dropIndexes();
    const users = Math.max(10, Math.min(1_000, records / 1_000));
    const loaded = await step(`${records.toLocaleString('en')} records of ${users} users loaded`, () => load(database, records, users));
    await step('indexes built', () => images.createIndexes());
    await step('tallies counted', () => new MongoTallies(database).recountAll());
    const rows = await measureRepository(database, loaded);
    const facet = await FacetOnMongo.start(mongo.uri, DATABASE);
    try {
      rows.push(await gatewayRow(facet, database, loaded));
      console.table(rows);
      console.table(await step('lineage measured', () => measureLineage(facet, database, new MongoImageRepository(images), 'lineage')));
    } finally {
      await facet.stop();
    }
    console.log(`load average at the end ${loads()}`);
  } finally {
    await database.close();
    await mongo.stop();
  }
}

async function measureRepository(database: Connection, { heavyUser: user_id, treeRoot, treeNodes }: Load): Promise<Row[]> {
  const images = database.model<ImageDocument>(ImageDocument.name, ImageSchema);
  const [repository, tallies] = [new MongoImageRepository(images), new MongoTallies(database)];
  // the last page newest first ends where the first page oldest first begins
  const last = (await repository.list({ user_id, sort: 'oldest', limit: LIMIT + 1 })).images.at(-1);
  if (!last) {
    throw new Error('nothing was loaded');
  }
  const after = { created_at: last.created_at, id: last.id };
  const pages = await compare(
    () => repository.list({ user_id, after, limit: LIMIT }),
    () => repository.list({ user_id, limit: LIMIT }),
    100,
  );
  const whole = { root_image_id: treeRoot, user_id };
  const wholeTree = () => repository.findNodes(whole);
  const tree = await wholeTree();
  if (tree.length !== treeNodes) {
    throw new Error(`the tree has ${tree.length} nodes`);
  }
  const ids = idsOf(tree).map((id) => new Types.ObjectId(id));
  const trees = await compare(wholeTree, () => images.collection.find({ _id: { $in: ids } }).toArray(), 20);
  const [counted, total] = [await images.collection.countDocuments({ user_id, listed: true }), await tallies.total(user_id)];
  if (counted !== total) {
    throw new Error(`there are ${counted} pictures, and the tallies say ${total}`);
  }
  const counts = await compare(
    () => tallies.total(user_id),
    () => images.collection.countDocuments({ user_id, listed: true }),
    10,
  );
  const pictures = total.toLocaleString('en');
  return [
    row(`last page by cursor / first page, of ${pictures}`, 'ms', pages, '≤ 1.5'),
    row(`tree of ${treeNodes} nodes / the same by primary key`, 'ms', trees, '≤ 2'),
    row(`total of ${pictures} by tallies / countDocuments`, 'ms', counts, '< 1'),
  ];
}

async function gatewayRow(facet: FacetOnMongo, database: Connection, loaded: Load): Promise<Row> {
  const { gateway, driver, unanswered } = await step('lists over HTTP measured', () => measureGatewayList(facet, database, loaded));
  if (unanswered > 0) {
    console.log(`${unanswered} lists were answered with 503: the machine is too busy for this measurement`);
  }
  return row(
    'lists through the gateway / by the driver alone, 32 at once',
    'a second',
    { one: gateway, other: driver, ratio: gateway / driver },
    '≥ 0.5',
  );
}

const idsOf = (pictures: readonly { id: string }[]): string[] => pictures.map(({ id }) => id);

const row = (what: string, unit: string, { one, other, ratio }: { one: number; other: number; ratio: number }, bound: string): Row => ({
  what,
  first: `${one.toFixed(1)} ${unit}`,
  second: `${other.toFixed(1)} ${unit}`,
  ratio: Number(ratio.toFixed(3)),
  bound,
});

async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const outcome = await work();
  console.log(`${what} in ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  return outcome;
}

const loads = (): string =>
  loadavg()
    .map((load) => load.toFixed(1))
    .join(' ');

void main();
