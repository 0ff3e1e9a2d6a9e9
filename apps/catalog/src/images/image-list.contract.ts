import { randomUUID } from 'node:crypto';
import { ListedImage, type ImageRecord, type ListFilters, type ListQuery, type SortOrder } from '@facet/contracts';
import { anImageRecord } from '@facet/testing';
import fc from 'fast-check';
import type { ImageRepository } from './image.repository';

/** What every repository promises of its lists. @param repository as for the whole contract */
export function itKeepsTheListContract(repository: () => ImageRepository): void {
  const at = (second: number): string => new Date(Date.UTC(2026, 10, 23, 10, 0, second)).toISOString();
  const insertAll = async (records: ImageRecord[]): Promise<void> => {
    for (const record of records) {
      await repository().insert(record);
    }
  };
  const idsOf = (records: readonly { id: string }[]): string[] => records.map(({ id }) => id);
  const list = (query: ListQuery) => repository().list(query);
  const found = async (query: Omit<ListQuery, 'limit'>): Promise<string[]> => idsOf((await list({ ...query, limit: 100 })).images);

  /** All pages, each after the last picture of the one before. */
  const walk = async (query: Omit<ListQuery, 'page' | 'after'>): Promise<string[]> => {
    const ids: string[] = [];
    for (let after: ListQuery['after']; ;) {
      const { images, has_more } = await list({ ...query, after });
      ids.push(...idsOf(images));
      const last = images.at(-1);
      if (!has_more || !last) {
        return ids;
      }
      after = { created_at: last.created_at, id: last.id };
    }
  };

  it('tell whether there is more', async () => {
    const user_id = randomUUID();
    await insertAll([1, 2, 3].map((second) => anImageRecord({ user_id, created_at: at(second) })));
    const more = await Promise.all([2, 3, 4].map(async (limit) => (await list({ user_id, limit })).has_more));
    expect(more).toEqual([true, false, false]);
    expect(await list({ user_id: randomUUID(), limit: 1 })).toEqual({ images: [], total: 0, has_more: false });
  });

  it('tell what lists show of a picture and its uploads, and nothing else', async () => {
    const record = anImageRecord({ starred: true, title: 'Mine', tags: ['best'] });
    await insertAll([record]);
    const { images } = await list({ user_id: record.user_id, limit: 1 });
    expect(images).toEqual([ListedImage.parse(record)]);
    expect(record.assets.length).toBeGreaterThan(0);
  });

  it('neither show nor count what is deleted, which stays in its tree', async () => {
    const user_id = randomUUID();
    const [root, gone] = [anImageRecord({ user_id }), anImageRecord({ user_id, deleted_at: at(5) })];
    const tombstone = { ...gone, parent_image_id: root.id, root_image_id: root.id, depth: 1 };
    await insertAll([root, tombstone]);
    expect(await list({ user_id, limit: 20 })).toEqual({ images: [ListedImage.parse(root)], total: 1, has_more: false });
    expect(await found({ user_id, root: root.id })).toEqual([root.id]);
    expect(await repository().findById(gone.id)).toEqual(tombstone);
    expect(idsOf(await repository().findTree(root)).sort()).toEqual([root.id, gone.id].sort());
  });

  it('count by user and type, whatever month and day, and a picture once that comes twice', async () => {
    const user_id = randomUUID();
    const days = ['2025-12-31T23:59:59.999Z', '2026-01-01T00:00:00.000Z', '2026-01-31T12:00:00.000Z', '2026-02-01T00:00:00.000Z'];
    const records = days.map((created_at, n) =>
      anImageRecord({ user_id, created_at, type: n === 2 ? 'background_change' : 'white_background' }),
    );
    await insertAll([...records, ...records]);
    const total = async (query: Partial<ListQuery>): Promise<number | null> => (await list({ user_id, limit: 1, ...query })).total;
    expect(await total({})).toBe(4);
    expect(await total({ type: 'white_background' })).toBe(3);
    expect(await total({ type: 'background_change', sort: 'oldest' })).toBe(1);
    expect(await total({ type: 'model_with_ornament' })).toBe(0);
    expect(await total({ page: 3 })).toBe(4);
    // counted is by type alone
    expect(await total({ starred: false })).toBeNull();
    expect(await total({ type: 'white_background', q: 'shine' })).toBeNull();
  });

  it('find by type, tree, parent, depth, provider, star and time', async () => {
    const user_id = randomUUID();
    const { generation } = anImageRecord();
    const root = anImageRecord({ user_id, created_at: at(1) });
    const child = anImageRecord({ user_id, root_image_id: root.id, parent_image_id: root.id, depth: 1, created_at: at(2), starred: true });
    const other = anImageRecord({
      user_id,
      type: 'campaign_shot_advanced',
      created_at: at(3),
      generation: { ...generation, provider: 'gemini' },
    });
    await insertAll([root, child, other, anImageRecord({ root_image_id: root.id, parent_image_id: root.id, starred: true })]);
    const expected: [ListFilters, ImageRecord[]][] = [
      [{ type: 'campaign_shot_advanced' }, [other]],
      [{ root: root.id }, [child, root]],
      [{ parent: root.id }, [child]],
      [{ parent: child.id }, []],
      [{ depth: 0 }, [other, root]],
      [{ depth: 1 }, [child]],
      [{ provider: 'gemini' }, [other]],
      [{ provider: 'nobody' }, []],
      [{ starred: true }, [child]],
      [{ starred: false }, [other, root]],
      [{ created_after: at(2) }, [other, child]],
      [{ created_before: at(2) }, [root]],
      [{ created_after: at(2), created_before: at(3) }, [child]],
      [{ root: root.id, depth: 1, starred: true, type: 'white_background' }, [child]],
      [{ root: root.id, parent: other.id }, []],
    ];
    for (const [filters, records] of expected) {
      expect([filters, await found({ user_id, ...filters })]).toEqual([filters, idsOf(records)]);
    }
  });

  it('find by words, all of them, whatever their case, accents and order', async () => {
    const user_id = randomUUID();
    const ring = anImageRecord({
      user_id,
      prompt: 'A gold ring. On marble',
      original_prompt: 'A gold ring',
      instruction: 'On marble',
      created_at: at(1),
    });
    const brooch = anImageRecord({
      user_id,
      prompt: 'Éclat doré, gold',
      original_prompt: 'Éclat doré, gold',
      instruction: '',
      created_at: at(2),
    });
    await insertAll([ring, brooch]);
    const expected: [string, ImageRecord[]][] = [
      ['gold', [brooch, ring]],
      ['GOLD ring', [ring]],
      ['marble, gold!', [ring]],
      ['eclat', [brooch]],
      ['Doré GOLD', [brooch]],
      ['gol', []],
      ['gold silver', []],
    ];
    for (const [q, records] of expected) {
      expect([q, await found({ user_id, q })]).toEqual([q, idsOf(records)]);
    }
    expect(await found({ user_id, q: 'gold', created_before: at(2) })).toEqual([ring.id]);
  });

  it.each<SortOrder>(['newest', 'oldest'])('do not shift while pictures arrive, %s first', async (sort) => {
    const user_id = randomUUID();
    const records = Array.from({ length: 9 }, (_, n) => anImageRecord({ user_id, created_at: at(10 + Math.floor(n / 3)) }));
    await insertAll(records);
    const ordered = idsOf(records).sort();
    const expected = sort === 'newest' ? ordered.reverse() : ordered;
    const seen: string[] = [];
    for (let after: ListQuery['after']; ;) {
      const { images } = await list({ user_id, sort, after, limit: 2 });
      const last = images.at(-1);
      if (!last) {
        break;
      }
      seen.push(...idsOf(images));
      after = { created_at: last.created_at, id: last.id };
      if (seen.length < 8) {
        // on the side that was shown
        await insertAll([anImageRecord({ user_id, created_at: at(sort === 'newest' ? 30 : 1) })]);
      }
    }
    expect(seen).toEqual(expected);
  });

  it('go on after a picture that is not there any more', async () => {
    const user_id = randomUUID();
    const [old, young] = [anImageRecord({ user_id, created_at: at(1) }), anImageRecord({ user_id, created_at: at(3) })];
    await insertAll([old, young]);
    const after = { created_at: at(2), id: anImageRecord().id };
    expect(await found({ user_id, after })).toEqual([old.id]);
    expect(await found({ user_id, after, sort: 'oldest' })).toEqual([young.id]);
  });

  it('agree with a plain look at every picture, for whatever is asked', async () => {
    const user_id = randomUUID();
    const records = someRecords(user_id);
    // many of the same days and types at once: they are counted all the same
    await Promise.all(records.map((record) => repository().insert(record)));
    expect((await list({ user_id, limit: 1 })).total).toBe(records.filter(({ deleted_at }) => deleted_at === null).length);
    await fc.assert(
      fc.asyncProperty(
        anyFilters(records),
        fc.constantFrom<SortOrder>('newest', 'oldest'),
        fc.integer({ min: 4, max: 30 }),
        async (filters, sort, limit) => {
          const expected = idsOf(
            records.filter((record) => isAskedFor(record, filters)).sort((a, b) => (a.created_at + a.id < b.created_at + b.id ? -1 : 1)),
          );
          const inOrder = sort === 'newest' ? expected.reverse() : expected;
          expect(await walk({ user_id, ...filters, sort, limit })).toEqual(inOrder);
          const second = await list({ user_id, ...filters, sort, limit, page: 2 });
          expect(idsOf(second.images)).toEqual(inOrder.slice(limit, 2 * limit));
          expect(second.has_more).toBe(inOrder.length > 2 * limit);
          expect([null, inOrder.length]).toContain(second.total);
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);
}

const TYPES = ['white_background', 'background_change'] as const;
const WORDS = ['gold', 'silver', 'ring', 'brooch'];

/** Pictures that have much in common, some of the same moment, some deleted: the same ones but for their ids. */
function someRecords(user_id: string): ImageRecord[] {
  const records: ImageRecord[] = [];
  for (let n = 0; n < 60; n += 1) {
    const parent = n % 3 === 0 ? undefined : records[Math.floor(n / 2)];
    const prompt = WORDS.filter((_, word) => (n >> word) & 1).join(', ');
    const own = anImageRecord({ user_id });
    records.push({
      ...own,
      type: n % 5 < 3 ? TYPES[0] : TYPES[1],
      root_image_id: parent?.root_image_id ?? own.id,
      parent_image_id: parent?.id ?? null,
      depth: parent ? parent.depth + 1 : 0,
      prompt,
      original_prompt: prompt,
      instruction: '',
      starred: n % 4 === 1,
      generation: { ...own.generation, provider: n % 7 < 4 ? 'local' : 'gemini' },
      created_at: new Date(Date.UTC(2026, 10, 23 + Math.floor(n / 20), 10, 0, Math.floor(n / 2) % 13)).toISOString(),
      deleted_at: n % 11 === 5 ? '2026-11-26T00:00:00.000Z' : null,
    });
  }
  return records;
}

/** Filters that leave something, as a rule. */
function anyFilters(records: readonly ImageRecord[]): fc.Arbitrary<ListFilters> {
  const some = fc.constantFrom(...records);
  return fc.record(
    {
      type: fc.constantFrom(...TYPES),
      root: some.map((record) => record.root_image_id),
      parent: some.map((record) => record.parent_image_id ?? record.id),
      depth: fc.integer({ min: 0, max: 3 }),
      provider: fc.constantFrom('local', 'gemini'),
      created_after: some.map((record) => record.created_at),
      created_before: some.map((record) => record.created_at),
      starred: fc.boolean(),
      q: fc.subarray(WORDS, { minLength: 1, maxLength: 2 }).map((words) => words.join(' ')),
    },
    { requiredKeys: [] },
  );
}

/** The same in other words. */
function isAskedFor(record: ImageRecord, filters: ListFilters): boolean {
  const facts: ListFilters = {
    type: record.type,
    root: record.root_image_id,
    parent: record.parent_image_id ?? undefined,
    depth: record.depth,
    provider: record.generation.provider,
    starred: record.starred,
  };
  const { created_after = '', created_before = '9', q = '', ...same } = filters;
  const isSame = (Object.keys(same) as (keyof typeof same)[]).every((name) => same[name] === undefined || same[name] === facts[name]);
  const inTime = record.created_at >= created_after && record.created_at < created_before;
  return record.deleted_at === null && isSame && inTime && q.split(' ').every((word) => record.prompt.includes(word));
}
