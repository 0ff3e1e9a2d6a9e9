import { randomUUID } from 'node:crypto';
import { SortOrder, type ImageRecord, type ListFilters, type ListQuery } from '@facet/contracts';
import { anImageRecord } from '@facet/testing';
import type { Model } from 'mongoose';
import { anyPictureQuery } from './any-picture-query';
import { expiredQuery } from './expired-query';
import { documentOf } from './image-document.mapper';
import { EXPIRY_INDEX, listIndexOf, PROVIDER_INDEX } from './image-indexes';
import type { ImageDocument } from './image.schema';
import { listQuery } from './list-query';
import { recordOfTombstone, tombstoneOf } from './tombstone.projection';

const LIMIT = 10;
const PICTURES = 400;

/** What a query has cost. */
interface QueryCost {
  returned: number;
  /** documents that were looked at */
  examined: number;
  index: unknown;
  /** or a compatible database upon PostgreSQL */
  isMongo: boolean;
}

/** Lists examine at most one document more than they return, by the database's own account. @param images with indexes, and whatever pictures */
export function itExaminesWhatItReturns(images: () => Model<ImageDocument>): void {
  const user_id = randomUUID();
  let records: ImageRecord[];

  beforeAll(async () => {
    records = manyRecords(user_id);
    await images().collection.insertMany([...records, ...manyRecords(randomUUID())].map(documentOf));
  }, 60_000);

  const costOf = async (query: ListQuery): Promise<QueryCost> =>
    readExplanation(await listQuery(images(), query).explain('executionStats'));
  const root = (): string => records[0]?.id ?? '';
  const filters: Record<string, () => ListFilters> = {
    nothing: () => ({}),
    type: () => ({ type: 'background_change' }),
    root: () => ({ root: root() }),
    parent: () => ({ parent: root() }),
    depth: () => ({ depth: 1 }),
    provider: () => ({ provider: 'gemini' }),
    star: () => ({ starred: true }),
    'no star': () => ({ starred: false }),
    time: () => ({ created_after: records[50]?.created_at, created_before: records[300]?.created_at }),
    word: () => ({ q: 'gold' }),
    'type and time': () => ({ type: 'background_change', created_before: records[300]?.created_at }),
    'type and star': () => ({ type: 'background_change', starred: true }),
    'type and no star': () => ({ type: 'background_change', starred: false }),
    'type and depth': () => ({ type: 'background_change', depth: 1 }),
    'type, provider, depth and star': () => ({ type: 'background_change', provider: 'gemini', depth: 1, starred: true }),
    'provider and no star': () => ({ provider: 'gemini', starred: false }),
    'root, depth and star': () => ({ root: root(), depth: 1, starred: true }),
    'parent and type': () => ({ parent: root(), type: 'background_change' }),
    'word, type and star': () => ({ q: 'gold', type: 'background_change', starred: true }),
  };

  it.each(Object.keys(filters))(
    'by %s, in both orders, from the beginning and after a picture',
    async (name) => {
      const asked = filters[name]?.() ?? {};
      // DocumentDB uses the bounds of an index over lists, but not its order once they are more than equality: it sorts
      const withWord = records.filter(({ prompt }) => prompt.includes('gold')).length;
      const places = [undefined, records[PICTURES / 2]].map((record) => record && { created_at: record.created_at, id: record.id });
      const queries = places.flatMap((after) =>
        SortOrder.options.map((sort): ListQuery => ({ user_id, ...asked, sort, after, limit: LIMIT })),
      );
      const costs = await Promise.all(queries.map(async (query) => ({ query, ...(await costOf(query)) })));
      for (const { query, returned, examined, index, isMongo } of costs) {
        // there is enough of everything for a page and the one document that tells of more
        expect([query, index, returned]).toEqual([query, listIndexOf(query), LIMIT + 1]);
        expect(examined).toBeLessThanOrEqual((query.after && query.q !== undefined && !isMongo ? withWord : returned) + 1);
      }
    },
    30_000,
  );

  it('of deleted ones whose time is over', async () => {
    const query = { deleted_before: '2026-11-27T00:00:00.000Z', limit: LIMIT };
    const { returned, examined, index } = readExplanation(await expiredQuery(images(), query).explain('executionStats'));
    expect([returned, index]).toEqual([LIMIT, EXPIRY_INDEX]);
    expect(examined).toBeLessThanOrEqual(returned + 1);
  });

  it('of what a user has left beside tombstones', async () => {
    const purged = randomUUID();
    const tombstones = manyRecords(purged).map((record) => recordOfTombstone(tombstoneOf(record, '2026-11-26T00:00:00.000Z')));
    await images().collection.insertMany(tombstones.map(documentOf));
    for (const [user, left] of [
      [user_id, 1],
      [purged, 0],
    ] as const) {
      const { returned, examined, index } = readExplanation(await anyPictureQuery(images(), user).explain('executionStats'));
      expect([returned, index]).toEqual([left, PROVIDER_INDEX]);
      expect(examined).toBeLessThanOrEqual(returned + 1);
    }
  });

  it('by several words, no more than have the longest of them', async () => {
    const rare = records.filter(({ prompt }) => prompt.includes('emerald')).length;
    const { returned, examined } = await costOf({ user_id, q: 'gold emerald', limit: PICTURES });
    expect(returned).toBeGreaterThan(0);
    expect(returned).toBeLessThan(rare);
    expect(examined).toBeLessThanOrEqual(rare + 1);
  });
}

/** Pictures of one user, most in one tree, each at a moment of its own. */
function manyRecords(user_id: string): ImageRecord[] {
  const root = anImageRecord({ user_id });
  return Array.from({ length: PICTURES }, (_, n) => {
    const record = n === 0 ? root : anImageRecord({ user_id });
    return {
      ...record,
      type: n % 2 === 0 ? 'background_change' : 'white_background',
      root_image_id: n % 5 === 4 ? record.id : root.id,
      parent_image_id: n === 0 || n % 5 === 4 ? null : root.id,
      depth: n === 0 || n % 5 === 4 ? 0 : 1,
      prompt: `${n % 2 === 0 ? 'gold' : 'silver'} ring${n % 3 === 0 ? ' with an emerald' : ''}`,
      starred: n % 4 < 2,
      generation: { ...record.generation, provider: n % 8 < 6 ? 'gemini' : 'local' },
      created_at: new Date(Date.UTC(2026, 9, 1, 0, 0, n)).toISOString(),
      deleted_at: n % 7 === 6 ? '2026-11-26T00:00:00.000Z' : null,
    };
  });
}

type Plan = Record<string, unknown>;

/**
 * Reads what `explain` answers: MongoDB's own figures, or the plan of PostgreSQL where a compatible database stands upon it. There
 * a scan's documents are its rows and those that it has thrown away.
 */
function readExplanation(explained: unknown): QueryCost {
  const nodes = nodesOf(explained);
  const stats = nodes.find((node) => 'totalDocsExamined' in node);
  if (stats) {
    const index = nodes.find((node) => node['stage'] === 'IXSCAN')?.['indexName'];
    return { returned: Number(stats['nReturned']), examined: Number(stats['totalDocsExamined']), index, isMongo: true };
  }
  const [limit] = nodes.filter((node) => 'Node Type' in node);
  const scans = nodes.filter((node) => /(Index|Seq|Bitmap Heap) Scan$/.test(String(node['Node Type'])));
  if (!limit || scans.length !== 1) {
    throw new Error(`this is no explanation of one scan: ${JSON.stringify(explained).slice(0, 2_000)}`);
  }
  const [scan = {}] = scans;
  const thrownAway = ['Rows Removed by Filter', 'Rows Removed by Index Recheck'].map((name) => Number(scan[name] ?? 0));
  const examined = thrownAway.reduce((sum, rows) => sum + rows, Number(scan['Actual Rows']) * Number(scan['Actual Loops']));
  return { returned: Number(limit['Actual Rows']), examined, index: scan['Index Name'], isMongo: false };
}

/** Every object in a tree of objects and lists, from the outside in. */
function nodesOf(tree: unknown): Plan[] {
  if (typeof tree !== 'object' || tree === null) {
    return [];
  }
  const below = Object.values(tree).flatMap(nodesOf);
  return Array.isArray(tree) ? below : [tree as Plan, ...below];
}
