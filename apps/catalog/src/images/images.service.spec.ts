import type { ImageRecord } from '@facet/contracts';
import { anImageRecord } from '@facet/testing';
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

  const questions = ['get', 'original', 'regenerations', 'lineage'] as const;

  it.each(questions)('%s: an unknown picture is not found', async (question) => {
    const asked = { image_id: anImageRecord().id, user_id };
    await expect(service[question](asked)).rejects.toMatchObject({ code: 'image_not_found', retryable: false });
  });

  it.each(questions)('%s: another user’s picture is not shown', async (question) => {
    await expect(service[question]({ image_id: foreign.id, user_id })).rejects.toMatchObject({ code: 'not_owner', retryable: false });
  });

  it('gives a picture to its owner', async () => {
    expect(await service.get({ image_id: second.id, user_id })).toEqual(second);
  });

  it('lists the owner’s pictures alone', async () => {
    expect(await service.list({ user_id: 'ben', page: 1, limit: 20 })).toEqual({ images: [foreign], total: 1 });
  });

  it('finds the original from any depth, the original’s own included', async () => {
    expect(await service.original({ image_id: second.id, user_id })).toEqual(root);
    expect(await service.original({ image_id: root.id, user_id })).toEqual(root);
  });

  it('gives the regenerations depth-first, siblings oldest first', async () => {
    expect(await service.regenerations({ image_id: root.id, user_id })).toEqual([first, second, aside]);
    expect(await service.regenerations({ image_id: aside.id, user_id })).toEqual([]);
  });

  it('gives the whole tree, oldest first, with the path to the picture', async () => {
    expect(await service.lineage({ image_id: second.id, user_id })).toEqual({
      root_image_id: root.id,
      path: [root.id, first.id, second.id],
      images: [root, first, aside, second],
    });
  });
});
