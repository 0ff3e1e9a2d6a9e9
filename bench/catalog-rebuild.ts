import { IMAGES_STREAM } from '@facet/contracts';
import { anImageStored, startMongo, startProvisionedNats } from '@facet/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import mongoose from 'mongoose';
import { CatalogRebuild } from '../apps/catalog/src/rebuild/catalog-rebuild';
import { ImageDocument, ImageSchema } from '../apps/catalog/src/images/image.schema';
import { machine } from './machine';

const RECORDS = 20_000;

/** Messages on their way at once while the log is filled. */
const AT_ONCE = 500;

/** How long `npm run catalog:rebuild` takes, by what is wrong with the catalog. Bound: 30 s for 20,000 records. */
async function main(): Promise<void> {
  const [mongo, nats] = await Promise.all([startMongo(), startProvisionedNats()]);
  const { connection } = nats;
  const database = await mongoose.createConnection(mongo.uri, { dbName: 'bench' }).asPromise();
  try {
    for (let n = 0; n < RECORDS; n += AT_ONCE) {
      const events = Array.from({ length: AT_ONCE }, () => anImageStored({ user_id: `user-${n % 7}` }));
      await Promise.all(events.map((event) => jetstream(connection).publish('image.stored', JSON.stringify(event))));
    }
    const { state } = await (await jetstreamManager(connection)).streams.info(IMAGES_STREAM);
    const images = database.model<ImageDocument>(ImageDocument.name, ImageSchema);
    const rebuild = async (what: string) => {
      const began = performance.now();
      const { records, added, mended, removed } = await new CatalogRebuild(connection, images).run();
      return { what, records, added, mended, removed, seconds: ((performance.now() - began) / 1_000).toFixed(1) };
    };
    const rows = [await rebuild('nothing there')];
    rows.push(await rebuild('all right'));
    await images.collection.updateMany({}, { $set: { depth: 99 } });
    rows.push(await rebuild('every document wrong'));
    console.log(
      `machine: ${machine()}; nats-server ${connection.info?.version ?? ''}; events of ${Math.round(state.bytes / RECORDS)} bytes`,
    );
    console.table(rows);
  } finally {
    await database.close();
    await Promise.all([mongo.stop(), nats.stop()]);
  }
}

void main();
