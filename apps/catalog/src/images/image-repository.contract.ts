import { randomUUID } from 'node:crypto';
import type { ImageChanges, ImageNode, ImageRecord } from '@facet/contracts';
import { anImageRecord } from '@facet/testing';
import { nodeOf } from './image-node.projection';
import { itKeepsTheListContract } from './image-list.contract';
import { oldestFirst } from './image-order';
import type { ImageRepository, OwnedTree, TreePlace } from './image.repository';
import { recordOfTombstone, tombstoneOf } from './tombstone.projection';

/**
 * What every repository promises.
 *
 * @param repository called for each test; the memory may hold what other tests put there
 */
export function itKeepsTheRepositoryContract(repository: () => ImageRepository): void {
  const at = (second: number): string => new Date(Date.UTC(2026, 10, 23, 10, 0, second)).toISOString();
  const insertAll = async (records: ImageRecord[]): Promise<void> => {
    for (const record of records) {
      await repository().insert(record);
    }
  };
  const idsOf = (records: readonly { id: string }[]): string[] => records.map(({ id }) => id);
  const placeOf = ({ id, parent_image_id, created_at }: TreePlace): TreePlace => ({ id, parent_image_id, created_at });
  const placesOf = async (tree: OwnedTree): Promise<TreePlace[]> => (await repository().findTree(tree)).map(placeOf).sort(oldestFirst);
  const treeOf = async (tree: OwnedTree): Promise<ImageNode[]> => (await repository().findNodes(tree)).sort(oldestFirst);

  it('gives back every fact of a picture', async () => {
    const record = anImageRecord({
      options: { ornament_names: ['Ring', 'Necklace'], model_type: 'real_model' },
      generation: {
        ...anImageRecord().generation,
        settings: { temperature: 0.4, image_size: '2K' },
        usage: { total_tokens: 12 },
        notes: ['I did not understand "sparklier".'],
        fallback: true,
      },
      instruction: '',
      depth: 3,
      parent_image_id: anImageRecord().id,
    });
    expect(await repository().insert(record)).toBe('inserted');
    expect(await repository().findById(record.id)).toEqual(record);
  });

  it('takes a picture that was asked for without a word', async () => {
    const record = anImageRecord({ prompt: '', original_prompt: '', instruction: '', options: {}, assets: [] });
    expect(await repository().insert(record)).toBe('inserted');
    expect(await repository().findById(record.id)).toEqual(record);
  });

  it('keeps the first of two pictures with one id', async () => {
    const record = anImageRecord({ prompt: 'first' });
    await repository().insert(record);
    expect(await repository().insert({ ...record, prompt: 'second' })).toBe('duplicate');
    expect((await repository().findById(record.id))?.prompt).toBe('first');
  });

  it('knows no picture that was never put there', async () => {
    expect(await repository().findById(anImageRecord().id)).toBeNull();
    expect(await repository().findTree(anImageRecord())).toEqual([]);
  });

  it('lists a user’s own pictures, newest first, whatever the order of their coming', async () => {
    const user_id = randomUUID();
    const [old, middle, young] = [1, 2, 3].map((second) => anImageRecord({ user_id, created_at: at(second) }));
    await insertAll([middle, young, old, anImageRecord({ created_at: at(4) })].filter((record) => record !== undefined));
    const page = await repository().list({ user_id, page: 1, limit: 20 });
    expect(idsOf(page.images)).toEqual([young?.id, middle?.id, old?.id]);
    expect(page.total).toBe(3);
  });

  it('orders pictures of the same moment by id', async () => {
    const user_id = randomUUID();
    const records = Array.from({ length: 5 }, () => anImageRecord({ user_id, created_at: at(1) }));
    await insertAll([...records].reverse());
    expect(idsOf((await repository().list({ user_id, page: 1, limit: 20 })).images)).toEqual(idsOf(records).sort().reverse());
  });

  it('pages without gap or repetition, and past the end gives nothing but the total', async () => {
    const user_id = randomUUID();
    const records = Array.from({ length: 7 }, (_, n) => anImageRecord({ user_id, created_at: at(n) }));
    await insertAll(records);
    const pages = await Promise.all([1, 2, 3, 4].map((page) => repository().list({ user_id, page, limit: 3 })));
    expect(pages.flatMap(({ images }) => idsOf(images))).toEqual(idsOf(records).reverse());
    expect(pages.map(({ images, total }) => [images.length, total])).toEqual([
      [3, 7],
      [3, 7],
      [1, 7],
      [0, 7],
    ]);
  });

  it('lists one type alone, with its own total', async () => {
    const user_id = randomUUID();
    const campaign = anImageRecord({ user_id, type: 'campaign_shot_advanced' });
    await insertAll([anImageRecord({ user_id }), campaign, anImageRecord({ user_id })]);
    const page = await repository().list({ user_id, type: 'campaign_shot_advanced', page: 1, limit: 20 });
    expect(idsOf(page.images)).toEqual([campaign.id]);
    expect(page.total).toBe(1);
  });

  it('finds a tree whole, and nothing of another', async () => {
    const user_id = randomUUID();
    const root = anImageRecord({ user_id, created_at: at(1) });
    const child = anImageRecord({ user_id, parent_image_id: root.id, root_image_id: root.id, depth: 1, created_at: at(2) });
    // a day later
    const grandchild = anImageRecord({ user_id, parent_image_id: child.id, root_image_id: root.id, depth: 2, created_at: at(90_000) });
    await insertAll([grandchild, anImageRecord(), root, child]);
    expect(await placesOf(root)).toEqual([root, child, grandchild].map(placeOf));
    expect(await treeOf(root)).toEqual([root, child, grandchild].map(nodeOf));
    expect(await repository().findTree({ ...root, user_id: randomUUID() })).toEqual([]);
    expect(await repository().findNodes({ ...root, user_id: randomUUID() })).toEqual([]);
  });

  it('finds a tree whole that has more pictures than come in documents of their own', async () => {
    const user_id = randomUUID();
    const root = anImageRecord({ user_id, created_at: at(0) });
    const children = Array.from({ length: 70 }, (_, n) =>
      anImageRecord({ user_id, parent_image_id: root.id, root_image_id: root.id, depth: 1, created_at: at(n + 1) }),
    );
    await Promise.all([root, ...children].map((record) => repository().insert(record)));
    expect(await placesOf(root)).toEqual([root, ...children].map(placeOf));
    expect(await treeOf(root)).toEqual([root, ...children].map(nodeOf));
  });

  it('finds members of a tree in the order in which they are named, however many, and none of another tree or user', async () => {
    const user_id = randomUUID();
    const root = anImageRecord({ user_id, created_at: at(1) });
    const child = anImageRecord({ user_id, parent_image_id: root.id, root_image_id: root.id, depth: 1, created_at: at(2) });
    const other = anImageRecord({ user_id });
    await insertAll([child, other, root]);
    for (const unknown of [1, 5_000]) {
      const ids = [child.id, ...Array.from({ length: unknown }, () => anImageRecord().id), other.id, root.id];
      expect(await repository().findNodes(root, ids)).toEqual([child, root].map(nodeOf));
      expect(await repository().findNodes({ ...root, user_id: randomUUID() }, ids)).toEqual([]);
    }
    expect(await repository().findNodes(root, [])).toEqual([]);
  });

  describe('what owners make of their pictures', () => {
    const changes = { starred: true, title: 'For the window', tags: ['gold', 'spring'] };
    const owned = ({ id, user_id }: ImageRecord) => ({ image_id: id, user_id });
    const inserted = async (partial: Partial<ImageRecord> = {}): Promise<ImageRecord> => {
      const record = anImageRecord(partial);
      await repository().insert(record);
      return record;
    };

    it('is kept, with the position that said it, and answered with the picture as it is now', async () => {
      const record = await inserted();
      const changed = { ...record, ...changes, applied: { ...record.applied, starred: 7, title: 7, tags: 7 } };
      expect(await repository().applyChange(owned(record), changes, 7)).toEqual(changed);
      expect(await repository().findById(record.id)).toEqual(changed);
    });

    it('changes what it names, and nothing else', async () => {
      const record = await inserted();
      await repository().applyChange(owned(record), changes, 7);
      const changed = await repository().applyChange(owned(record), { title: null }, 8);
      expect(changed).toMatchObject({ ...changes, title: null, applied: { starred: 7, title: 8, tags: 7, deletion: 0 } });
    });

    it('is what the highest sequence says, member by member, in whatever order and however often it comes', async () => {
      const said: [ImageChanges, number][] = [
        [{ starred: true, title: 'one' }, 3],
        [{ title: 'two', tags: ['a'] }, 5],
        [{ starred: false }, 4],
      ];
      for (const order of [said, said.toReversed(), [...said, ...said.toReversed()]]) {
        const record = await inserted();
        for (const [change, sequence] of order) {
          await repository().applyChange(owned(record), change, sequence);
        }
        const applied = { starred: 4, title: 5, tags: 5, deletion: 0 };
        expect(await repository().findById(record.id)).toMatchObject({ starred: false, title: 'two', tags: ['a'], applied });
      }
    });

    it('may be its end, and its return; the later of them counts', async () => {
      const record = await inserted();
      const deletedAt = at(5);
      expect(await repository().applyDeletion(owned(record), deletedAt, 9)).toMatchObject({
        deleted_at: deletedAt,
        applied: { deletion: 9 },
      });
      expect(await repository().applyDeletion(owned(record), null, 8)).toMatchObject({ deleted_at: deletedAt });
      expect(await repository().applyDeletion(owned(record), null, 10)).toEqual({
        ...record,
        applied: { ...record.applied, deletion: 10 },
      });
      expect(await repository().applyDeletion(owned(record), deletedAt, 9)).toMatchObject({ deleted_at: null });
    });

    it('keeps a deleted picture’s place in the tree, without its words', async () => {
      const user_id = randomUUID();
      const root = await inserted({ user_id, created_at: at(1) });
      const child = await inserted({ user_id, parent_image_id: root.id, root_image_id: root.id, depth: 1, created_at: at(2) });
      await repository().applyDeletion(owned(root), at(5), 9);
      const [first, second] = await treeOf(root);
      expect(first).toMatchObject({ id: root.id, deleted: true, instruction: null, generated_image_url: null, title: null });
      expect(second).toEqual(nodeOf(child));
    });

    it('comes to nothing once the picture is being purged', async () => {
      const record = await inserted();
      const purging = { ...record, deleted_at: at(6), purged_at: at(6) };
      expect(await repository().applyPurging(owned(record), at(6))).toEqual(purging);
      expect(await repository().applyPurging(owned(record), at(7))).toEqual(purging);
      expect(await repository().applyChange(owned(record), changes, 20)).toEqual(purging);
      expect(await repository().applyDeletion(owned(record), null, 21)).toEqual(purging);
    });

    it('leaves a tree with others until each of them is purged, or about to be', async () => {
      const user_id = randomUUID();
      const root = await inserted({ user_id, created_at: at(1) });
      const child = await inserted({ user_id, parent_image_id: root.id, root_image_id: root.id, depth: 1, created_at: at(2) });
      const gone = anImageRecord({ user_id, parent_image_id: root.id, root_image_id: root.id, depth: 1, created_at: at(3) });
      await repository().applyPurged(tombstoneOf(gone, at(6)));
      await repository().applyDeletion(owned(child), at(5), 9);
      expect(await repository().hasOthers(root, root.id)).toBe(true);
      await repository().applyPurging(owned(child), at(6));
      expect(await repository().hasOthers(root, root.id)).toBe(false);
      expect(await repository().hasOthers(root, child.id)).toBe(true);
      expect(await repository().hasOthers({ ...root, user_id: randomUUID() }, child.id)).toBe(false);
    });

    it('leaves a tombstone in the end, also where the picture itself is unknown', async () => {
      const [known, unknown] = [await inserted({ created_at: at(1) }), anImageRecord({ created_at: at(2) })];
      for (const record of [known, unknown]) {
        const tombstone = tombstoneOf(record, at(6));
        await repository().applyPurged(tombstone);
        await repository().applyPurged(tombstone);
        expect(await repository().findById(record.id)).toEqual(recordOfTombstone(tombstone));
        expect(await repository().insert(record)).toBe('duplicate');
        expect(await treeOf(record)).toMatchObject([{ id: record.id, deleted: true, instruction: null }]);
      }
    });

    it('is asked for once its time is over, those first that were deleted longest ago, in parts', async () => {
      const of = async (second: number, deletedAt: string | null): Promise<ImageRecord> =>
        inserted({ deleted_at: deletedAt, applied: { starred: 0, title: 0, tags: 0, deletion: second } });
      // before everything that other tests delete
      const then = (second: number): string => new Date(Date.UTC(2001, 0, 1, 0, 0, second)).toISOString();
      const [last, first, twin, purging] = [await of(3, then(2)), await of(1, then(1)), await of(2, then(1)), await of(6, then(1))];
      // one whose time is not over, and one that is there
      await of(4, then(3));
      await of(5, null);
      await repository().applyPurging(owned(purging), then(1));
      const found = await repository().findExpired({ deleted_before: then(3), limit: 10 });
      const twins = idsOf([first, twin]).sort();
      expect(idsOf(found)).toEqual([...twins, last.id]);
      expect(found[2]).toEqual({ id: last.id, user_id: last.user_id, deleted_at: then(2), deletion: 3 });
      const [a, b, c] = found;
      const part = (after: typeof a) =>
        repository().findExpired({ deleted_before: then(3), after: after && { deleted_at: after.deleted_at, id: after.id }, limit: 1 });
      expect([await part(undefined), await part(a), await part(b), await part(c)]).toEqual([[a], [b], [c], []]);
    });

    it('is asked for by user as well, whose counts are forgotten when nothing is listed any more', async () => {
      const [deleted, listed, others] = [await inserted({ user_id: randomUUID() }), anImageRecord(), await inserted()];
      const { user_id } = deleted;
      await repository().insert({ ...listed, user_id });
      for (const record of [deleted, others]) {
        await repository().applyDeletion(owned(record), at(5), 9);
      }
      expect(idsOf(await repository().findExpired({ user_id, deleted_before: at(6), limit: 10 }))).toEqual([deleted.id]);
      expect(await repository().forgetUser(user_id)).toBe(false);
      expect((await repository().list({ user_id, limit: 1 })).total).toBe(1);
      await repository().applyPurging({ image_id: listed.id, user_id }, at(6));
      expect(await repository().forgetUser(user_id)).toBe(true);
      expect((await repository().list({ user_id, limit: 1 })).total).toBe(0);
    });

    it('is nobody else’s to change, and of no picture that is not there', async () => {
      const record = await inserted();
      const others = { image_id: record.id, user_id: 'somebody else' };
      expect(await repository().applyChange(others, changes, 7)).toBeNull();
      expect(await repository().applyDeletion(others, at(5), 7)).toBeNull();
      expect(await repository().findById(record.id)).toEqual(record);
      expect(await repository().applyChange(owned(anImageRecord()), changes, 7)).toBeNull();
    });
  });

  it('knows the highest sequence, in whatever order pictures came', async () => {
    const highest = Math.max(await repository().lastSequence(), 5_000_000_000) + 2;
    await insertAll([anImageRecord({ ornament_id: highest }), anImageRecord({ ornament_id: highest - 1 })]);
    expect(await repository().lastSequence()).toBe(highest);
  });

  describe('lists', () => {
    itKeepsTheListContract(repository);
  });

  it('answers when asked whether it is there', async () => {
    await expect(repository().check()).resolves.toEqual({ kept_in: expect.any(String) as string });
  });
}
