import { randomUUID } from 'node:crypto';
import type { ImageNode, ImageRecord } from '@facet/contracts';
import { anImageRecord } from '@facet/testing';
import { nodeOf } from './image-node.projection';
import { itKeepsTheKeepingContract } from './image-keeping.contract';
import { itKeepsTheListContract } from './image-list.contract';
import { oldestFirst } from './image-order';
import type { ImageRepository, OwnedTree, TreePlace } from './image.repository';

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
    itKeepsTheKeepingContract(repository);
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
