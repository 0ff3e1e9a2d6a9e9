import { randomUUID } from 'node:crypto';
import type { ImageChanges, ImageNode, ImageRecord } from '@facet/contracts';
import { anImageRecord } from '@facet/testing';
import { nodeOf } from './image-node.projection';
import { oldestFirst } from './image-order';
import type { ImageRepository, OwnedTree } from './image.repository';
import { recordOfTombstone, tombstoneOf } from './tombstone.projection';

/** What every repository promises of what owners make of their pictures. @param repository as of the whole contract */
export function itKeepsTheKeepingContract(repository: () => ImageRepository): void {
  const at = (second: number): string => new Date(Date.UTC(2026, 10, 23, 10, 0, second)).toISOString();
  const idsOf = (records: readonly { id: string }[]): string[] => records.map(({ id }) => id);
  const treeOf = async (tree: OwnedTree): Promise<ImageNode[]> => (await repository().findNodes(tree)).sort(oldestFirst);
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

  it('is asked for by user as well, whose counts are forgotten when nothing is left but tombstones', async () => {
    const [deleted, listed, others] = [await inserted({ user_id: randomUUID() }), anImageRecord(), await inserted()];
    const { user_id } = deleted;
    await repository().insert({ ...listed, user_id });
    for (const record of [deleted, others]) {
      await repository().applyDeletion(owned(record), at(5), 9);
    }
    expect(idsOf(await repository().findExpired({ user_id, deleted_before: at(6), limit: 10 }))).toEqual([deleted.id]);
    expect(await repository().forgetUser(user_id)).toBe(false);
    expect((await repository().list({ user_id, limit: 1 })).total).toBe(1);
    for (const record of [deleted, { ...listed, user_id }]) {
      await repository().applyPurging(owned(record), at(6));
      // what is being purged is no longer listed, and still there: whoever deletes all of a user's pictures asks for it again
      expect(idsOf(await repository().findExpired({ user_id, deleted_before: at(7), limit: 10 }))).toContain(record.id);
      expect([await repository().hasPictures(user_id), await repository().forgetUser(user_id)]).toEqual([true, false]);
      await repository().applyPurged(tombstoneOf(record, at(6)));
    }
    expect([await repository().hasPictures(user_id), await repository().forgetUser(user_id)]).toEqual([false, true]);
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
}
