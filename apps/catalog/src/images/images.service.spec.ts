import { ListedImage, type ImageRecord } from '@facet/contracts';
import { anImageRecord } from '@facet/testing';
import { nodeOf } from './image-node.projection';
import { ImagesService } from './images.service';
import { ReplayedImageRepository } from './replayed-image.repository';

/**
 * root ─┬─ first ─── second
 *       └─ aside
 */
describe('ImagesService', () => {
  const user_id = 'ana';
  const root = anImageRecord({ user_id, created_at: '2026-11-23T10:00:00.000Z' });
  const below = (parent: ImageRecord, minute: number): ImageRecord =>
    anImageRecord({
      user_id,
      parent_image_id: parent.id,
      root_image_id: root.id,
      depth: parent.depth + 1,
      created_at: `2026-11-23T10:0${minute}:00.000Z`,
    });
  const first = below(root, 1);
  const aside = below(root, 2);
  const second = below(first, 3);
  const foreign = anImageRecord({ user_id: 'ben' });

  let service: ImagesService;

  beforeEach(async () => {
    const images = new ReplayedImageRepository();
    for (const record of [root, first, aside, second, foreign]) {
      await images.insert(record);
    }
    service = new ImagesService(images);
  });

  const whole = { limit: 100 };
  const questions: Record<string, (asked: { image_id: string; user_id: string }) => Promise<unknown>> = {
    get: (asked) => service.get(asked),
    original: (asked) => service.original(asked),
    regenerations: (asked) => service.regenerations({ ...asked, ...whole }),
    ancestors: (asked) => service.ancestors({ ...asked, ...whole }),
    lineage: (asked) => service.lineage({ ...asked, ...whole, direction: 'both' }),
    'compare with another': (asked) => service.compare({ ...asked, other_id: root.id }),
    'compare another with it': ({ image_id, ...asked }) => service.compare({ ...asked, image_id: root.id, other_id: image_id }),
  };
  const names = Object.keys(questions);

  it.each(names)('%s: an unknown picture is not found', async (name) => {
    const asked = { image_id: anImageRecord().id, user_id };
    await expect(questions[name]?.(asked)).rejects.toMatchObject({ code: 'image_not_found', retryable: false });
  });

  it.each(names)('%s: another user’s picture is not shown', async (name) => {
    await expect(questions[name]?.({ image_id: foreign.id, user_id })).rejects.toMatchObject({ code: 'not_owner', retryable: false });
  });

  it('gives a picture to its owner', async () => {
    expect(await service.get({ image_id: second.id, user_id })).toEqual(second);
  });

  it('lists the owner’s pictures alone', async () => {
    expect(await service.list({ user_id: 'ben', page: 1, limit: 20 })).toEqual({
      images: [ListedImage.parse(foreign)],
      total: 1,
      has_more: false,
    });
  });

  it('refuses a search without a word', async () => {
    await expect(service.list({ user_id: 'ben', q: '…!', limit: 20 })).rejects.toMatchObject({ code: 'invalid_request', retryable: false });
  });

  it('finds the original from any depth, the original’s own included', async () => {
    expect(await service.original({ image_id: second.id, user_id })).toEqual(root);
    expect(await service.original({ image_id: root.id, user_id })).toEqual(root);
  });

  it('gives the regenerations depth-first, siblings oldest first', async () => {
    expect(await service.regenerations({ image_id: root.id, user_id, ...whole })).toEqual([
      { nodes: [first, second, aside].map(nodeOf), next: null },
    ]);
    expect(await service.regenerations({ image_id: aside.id, user_id, ...whole })).toEqual([{ nodes: [], next: null }]);
  });

  it('gives the ancestors, the first picture first', async () => {
    expect(await service.ancestors({ image_id: second.id, user_id, ...whole })).toEqual([{ nodes: [root, first].map(nodeOf), next: null }]);
    expect(await service.ancestors({ image_id: root.id, user_id, ...whole })).toEqual([{ nodes: [], next: null }]);
  });

  it('gives the whole tree depth-first, with the path to the picture', async () => {
    const pieces = await service.lineage({ image_id: second.id, user_id, direction: 'both', ...whole });
    expect(pieces.flatMap(({ path }) => path)).toEqual([root.id, first.id, second.id]);
    expect(pieces.flatMap(({ nodes }) => nodes)).toEqual([root, first, second, aside].map(nodeOf));
    expect(pieces.every(({ root_image_id, next }) => root_image_id === root.id && next === null)).toBe(true);
  });

  it('gives a long answer in parts, each behind the one before', async () => {
    const [one] = await service.regenerations({ image_id: root.id, user_id, limit: 2 });
    expect(one).toEqual({ nodes: [first, second].map(nodeOf), next: second.id });
    expect(await service.regenerations({ image_id: root.id, user_id, limit: 2, after: second.id })).toEqual([
      { nodes: [nodeOf(aside)], next: null },
    ]);
    const behindNothing = service.regenerations({ image_id: root.id, user_id, limit: 2, after: foreign.id });
    await expect(behindNothing).rejects.toMatchObject({ code: 'invalid_request', details: { field: 'after' } });
  });

  it('compares two pictures of a tree', async () => {
    const compared = await service.compare({ image_id: second.id, other_id: aside.id, user_id });
    expect(compared).toMatchObject({ a: nodeOf(second), b: nodeOf(aside), common_ancestor: nodeOf(root) });
  });
});
