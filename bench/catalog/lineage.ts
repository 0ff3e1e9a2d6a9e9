import { type ImageRecord } from '@facet/contracts';
import { anImageRecord } from '@facet/testing';
import { Types, type Connection } from 'mongoose';
import { documentOf } from '../../apps/catalog/src/images/image-document.mapper';
import type { ImageDocument } from '../../apps/catalog/src/images/image.schema';
import { ImagesService } from '../../apps/catalog/src/images/images.service';
import type { ImageRepository } from '../../apps/catalog/src/images/image.repository';
import { ReplayedImageRepository } from '../../apps/catalog/src/images/replayed-image.repository';
import type { FacetOnMongo } from './facet-on-mongo';
import { median } from './timing';

const NODES = 10_000;
const BATCH = 1_000;
const ROUNDS = 7;
/** What is compiled, and how much memory a process keeps, has settled by then. */
const WARM_UP_ROUNDS = 5;
const BEGIN_MS = Date.UTC(2026, 0, 1);

/** A tree of ten thousand pictures, the first one first. */
interface Tree {
  name: string;
  records: ImageRecord[];
}

/** How long the slowest kind of question about a tree took, ms: the median of some rounds. */
interface LineageTimes {
  tree: string;
  question: string;
  /** over HTTP, MongoDB below */
  http: number;
  /** at the catalog, without HTTP and NATS, MongoDB below */
  catalog: number;
  /** at the catalog that holds its records itself */
  embedded: number;
  /** the driver alone, reading the same members of the same documents */
  driver: number;
}

/** Asks every question about a chain of ten thousand and about a picture with as many children. */
export async function measureLineage(
  facet: FacetOnMongo,
  database: Connection,
  repository: ImageRepository,
  user_id: string,
): Promise<LineageTimes[]> {
  const token = await facet.tokenOf(user_id);
  const embedded = new ReplayedImageRepository();
  const times: LineageTimes[] = [];
  for (const { name, records } of [treeOf('a chain', user_id), treeOf('children of one', user_id)]) {
    await insert(database, embedded, records);
    const [root, last] = [records[0], records.at(-1)];
    if (!root || !last) {
      continue;
    }
    const public_url = facet.url;
    const driver = await middle(() => read(database, root));
    const questions: Record<string, [string, (images: ImagesService) => Promise<unknown>]> = {
      regenerations: [
        `${root.id}/regenerations`,
        (images) => images.regenerations({ image_id: root.id, user_id, limit: NODES, public_url }),
      ],
      ancestors: [`${last.id}/ancestors`, (images) => images.ancestors({ image_id: last.id, user_id, limit: NODES, public_url })],
      lineage: [
        `${last.id}/lineage`,
        (images) => images.lineage({ image_id: last.id, user_id, direction: 'both', limit: NODES, public_url }),
      ],
      original: [`${last.id}/original`, (images) => images.original({ image_id: last.id, user_id })],
      comparison: [`${root.id}/compare/${last.id}`, (images) => images.compare({ image_id: root.id, other_id: last.id, user_id })],
    };
    for (const [question, [path, ask]] of Object.entries(questions)) {
      times.push({
        tree: `${name}, ${NODES.toLocaleString('en')}`,
        question,
        http: await middle(() => get(`${facet.url}/imgbackendapp/images/${path}`, token)),
        catalog: await middle(() => ask(new ImagesService(repository))),
        embedded: await middle(() => ask(new ImagesService(embedded))),
        driver,
      });
    }
  }
  return times;
}

function treeOf(name: 'a chain' | 'children of one', user_id: string): Tree {
  const records: ImageRecord[] = [];
  for (let n = 0; n < NODES; n += 1) {
    // a job has four events
    const place = { created_at: new Date(BEGIN_MS + n * 1_000).toISOString(), ornament_id: 10_000_000 + 4 * n };
    const own = anImageRecord({ user_id, ...place });
    const parent = name === 'a chain' ? records.at(-1) : records[0];
    const lineage = parent && { parent_image_id: parent.id, root_image_id: parent.root_image_id, depth: parent.depth + 1 };
    records.push({ ...own, ...lineage });
  }
  return { name, records };
}

async function insert(database: Connection, embedded: ImageRepository, records: readonly ImageRecord[]): Promise<void> {
  for (let from = 0; from < records.length; from += BATCH) {
    const batch = records.slice(from, from + BATCH);
    await database.collection<ImageDocument>('images').insertMany(batch.map(documentOf), { bypassDocumentValidation: true });
    await Promise.all(batch.map((record) => embedded.insert(record)));
  }
}

function read(database: Connection, { id, user_id }: ImageRecord): Promise<unknown[]> {
  const projection = { type: 1, parent_image_id: 1, depth: 1, instruction: 1, generated_image_url: 1, created_at: 1 };
  return database
    .collection('images')
    .find({ root_image_id: new Types.ObjectId(id), user_id }, { projection })
    .toArray();
}

async function get(url: string, token: string): Promise<void> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  const body = await answer.text();
  if (!answer.ok) {
    throw new Error(`${url} answered ${answer.status}: ${body.slice(0, 300)}`);
  }
}

async function middle(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return Math.round(median(times.slice(WARM_UP_ROUNDS)));
}
