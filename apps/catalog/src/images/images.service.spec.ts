import { addressesUnder, MAX_NODES, shownImage, shownNode, type ImageRecord, type LineageFacts } from '@facet/contracts';
import { Passage } from '@facet/messaging';
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

  const public_url = 'https://facet.example.com';
  const addressOf = addressesUnder(public_url);
  const whole = { limit: MAX_NODES, public_url };
  const shown = (record: ImageRecord) => shownNode(nodeOf(record), addressOf);
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
    const { id, created_at } = foreign;
    expect(await service.list({ user_id: 'ben', page: 1, limit: 20, public_url })).toEqual([
      new Passage<'catalog.image.list'>({ total: 1, has_more: false, last: { created_at, id } }, [shownImage(foreign, addressOf)]),
    ]);
    expect(await service.list({ user_id: 'nobody', limit: 20, public_url })).toEqual([
      new Passage<'catalog.image.list'>({ total: 0, has_more: false, last: null }, []),
    ]);
  });

  it('refuses a search without a word', async () => {
    await expect(service.list({ user_id: 'ben', q: '…!', limit: 20, public_url })).rejects.toMatchObject({
      code: 'invalid_request',
      retryable: false,
    });
  });

  it('finds the original from any depth, the original’s own included', async () => {
    expect(await service.original({ image_id: second.id, user_id })).toEqual(root);
    expect(await service.original({ image_id: root.id, user_id })).toEqual(root);
  });

  it('gives the regenerations depth-first, siblings oldest first', async () => {
    expect(await service.regenerations({ image_id: root.id, user_id, ...whole })).toEqual([
      { members: [first, second, aside].map(shown), facts: { next: null } },
    ]);
    expect(await service.regenerations({ image_id: aside.id, user_id, ...whole })).toEqual([{ members: [], facts: { next: null } }]);
  });

  it('gives the ancestors, the first picture first', async () => {
    expect(await service.ancestors({ image_id: second.id, user_id, ...whole })).toEqual([
      { members: [root, first].map(shown), facts: { next: null } },
    ]);
    expect(await service.ancestors({ image_id: root.id, user_id, ...whole })).toEqual([{ members: [], facts: { next: null } }]);
  });

  it('gives the whole tree depth-first, with the path to the picture', async () => {
    const pieces = await service.lineage({ image_id: second.id, user_id, direction: 'both', ...whole });
    const membersOf = (list: LineageFacts['list']) => pieces.flatMap(({ facts, members }) => (facts.list === list ? members : []));
    expect(membersOf('path')).toEqual([root.id, first.id, second.id]);
    expect(membersOf('nodes')).toEqual([root, first, second, aside].map(shown));
    expect(membersOf('edges')).toEqual([first, second, aside].map(({ id, parent_image_id }) => ({ from: parent_image_id, to: id })));
    expect(pieces.every(({ facts }) => facts.root_image_id === root.id && facts.next === null)).toBe(true);
  });

  it('gives the steps within a part, and into it from the part before', async () => {
    const edges = async (view: { limit: number; after?: string; direction: 'both' | 'down' }) => {
      const passages = await service.lineage({ image_id: first.id, user_id, public_url, ...view });
      return passages.flatMap(({ facts, members }) => (facts.list === 'edges' ? members : []));
    };
    expect(await edges({ limit: 2, direction: 'both' })).toEqual([{ from: root.id, to: first.id }]);
    expect(await edges({ limit: 2, direction: 'both', after: first.id })).toEqual([
      { from: first.id, to: second.id },
      { from: root.id, to: aside.id },
    ]);
    // its parent is in no part of this answer
    expect(await edges({ limit: 1, direction: 'down' })).toEqual([]);
  });

  it('gives a long answer in parts, each behind the one before', async () => {
    const [one] = await service.regenerations({ image_id: root.id, user_id, limit: 2, public_url });
    expect(one).toEqual({ members: [first, second].map(shown), facts: { next: second.id } });
    expect(await service.regenerations({ image_id: root.id, user_id, limit: 2, public_url, after: second.id })).toEqual([
      { members: [shown(aside)], facts: { next: null } },
    ]);
    const behindNothing = service.regenerations({ image_id: root.id, user_id, limit: 2, public_url, after: foreign.id });
    await expect(behindNothing).rejects.toMatchObject({ code: 'invalid_request', details: { field: 'after' } });
  });

  it('compares two pictures of a tree', async () => {
    const compared = await service.compare({ image_id: second.id, other_id: aside.id, user_id });
    expect(compared).toMatchObject({ a: nodeOf(second), b: nodeOf(aside), common_ancestor: nodeOf(root) });
  });
});
