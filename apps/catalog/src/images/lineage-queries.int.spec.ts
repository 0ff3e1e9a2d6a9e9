import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { ImageNode, type ImageRecord, type LineageFacts } from '@facet/contracts';
import { attachTransports, membersOf, QueryClient, type PassedOn } from '@facet/messaging';
import { anImageRecord, startNats, type RunningNats } from '@facet/testing';
import { z } from 'zod';
import { catalogConfigSchema } from '../catalog.config';
import { CatalogModule } from '../catalog.module';
import { ImageRepository } from './image.repository';

type Piece = PassedOn<'catalog.image.lineage'>;

const MANY = 10_000;
const user_id = 'ann';
const public_url = 'https://facet.example.com';

describe('long answers, over NATS', () => {
  let nats: RunningNats;
  let app: INestApplication;
  let client: QueryClient;

  beforeAll(async () => {
    nats = await startNats();
    const config = catalogConfigSchema.parse({ NATS_URL: nats.url });
    const module = await Test.createTestingModule({ imports: [await CatalogModule.forRoot(config)] }).compile();
    app = module.createNestApplication(new FastifyAdapter(), { logger: false });
    await attachTransports(app, {
      service: 'catalog',
      servers: nats.url,
      concurrency: 1,
      maxInFlight: 10,
      ackWaitMs: 20_000,
      handlerTimeoutMs: 5_000,
      deadlineMs: 60_000,
    });
    await app.init();
    client = new QueryClient(nats.url, 'gateway');
  }, 60_000);

  afterAll(async () => {
    await client.onApplicationShutdown();
    await app.close();
    await nats.stop();
  }, 60_000);

  /** A tree in which the n-th picture comes from one of those before it. */
  const aTree = async (parentOf: (pictures: ImageRecord[]) => ImageRecord | undefined): Promise<ImageRecord[]> => {
    const pictures = [anImageRecord({ user_id })];
    while (pictures.length <= MANY) {
      const parent = parentOf(pictures);
      pictures.push(
        anImageRecord({
          user_id,
          parent_image_id: parent?.id ?? null,
          root_image_id: pictures[0]?.id,
          depth: (parent?.depth ?? 0) + 1,
          instruction: 'More gold, please',
        }),
      );
    }
    for (const picture of pictures) {
      await app.get(ImageRepository).insert(picture);
    }
    return pictures;
  };
  const listOf = (pieces: readonly Piece[], list: LineageFacts['list']) =>
    membersOf(
      'catalog.image.lineage',
      pieces.filter(({ facts }) => facts.list === list),
    );
  const idsOf = (nodes: readonly { id: string }[]): string[] => nodes.map(({ id }) => id);

  it.each<[string, (pictures: ImageRecord[]) => ImageRecord | undefined]>([
    ['a chain of ten thousand', (pictures) => pictures.at(-1)],
    ['a picture with ten thousand children', (pictures) => pictures[0]],
  ])('%s is answered whole, in messages that NATS takes', async (_what, parentOf) => {
    const pictures = await aTree(parentOf);
    const [root, last] = [pictures[0], pictures.at(-1)];
    const whole = { image_id: root?.id ?? '', user_id, limit: MANY, public_url };
    const regenerations = await client.askForPassages('catalog.image.regenerations', whole);
    expect(idsOf(membersOf('catalog.image.regenerations', regenerations))).toEqual(idsOf(pictures.slice(1)));
    expect(regenerations[0].facts.next).toBeNull();

    const pieces = await client.askForPassages('catalog.image.lineage', { ...whole, image_id: last?.id ?? '', direction: 'both' });
    const [path, nodes, edges] = [listOf(pieces, 'path'), z.array(ImageNode).parse(listOf(pieces, 'nodes')), listOf(pieces, 'edges')];
    expect([path.at(0), path.at(-1), path.length]).toEqual([root?.id, last?.id, (last?.depth ?? 0) + 1]);
    expect([nodes.length, pieces[0].facts.next]).toEqual([MANY, pictures.at(-2)?.id]);
    expect(edges).toEqual(nodes.slice(1).map(({ id, parent_image_id }) => ({ from: parent_image_id, to: id })));

    const ancestors = await client.askForPassages('catalog.image.ancestors', { ...whole, image_id: last?.id ?? '' });
    expect(idsOf(membersOf('catalog.image.ancestors', ancestors))).toEqual(path.slice(0, -1));
  });

  it('a tree can be asked for in parts', async () => {
    const pictures = await aTree((all) => all[all.length >>> 1]);
    const asked = { image_id: pictures[0]?.id ?? '', user_id, direction: 'both' as const, public_url };
    const nodes: ImageNode[] = [];
    let after: string | undefined;
    do {
      const pieces: [Piece, ...Piece[]] = await client.askForPassages('catalog.image.lineage', { ...asked, limit: 4_000, after });
      nodes.push(...z.array(ImageNode).parse(listOf(pieces, 'nodes')));
      after = pieces[0].facts.next ?? undefined;
    } while (after !== undefined);
    expect([nodes.length, new Set(idsOf(nodes)).size]).toEqual([MANY + 1, MANY + 1]);
  });

  it('an error is one, not a piece', async () => {
    const asked = { image_id: anImageRecord().id, user_id, limit: 1, public_url };
    await expect(client.askForPassages('catalog.image.regenerations', asked)).rejects.toMatchObject({ code: 'image_not_found' });
  });

  it('a page of long prompts, which no message could hold, comes whole and in order', async () => {
    const pictures = Array.from({ length: 100 }, (_, n) =>
      anImageRecord({
        user_id: 'ben',
        created_at: new Date(Date.UTC(2026, 0, 1) - n).toISOString(),
        prompt: `${n} ${'Ornament é '.repeat(2_000)}`,
      }),
    );
    for (const picture of pictures) {
      await app.get(ImageRepository).insert(picture);
    }
    const passages = await client.askForPassages('catalog.image.list', { user_id: 'ben', limit: 100, public_url });
    expect(passages.length).toBeGreaterThan(5);
    expect(passages.map(({ facts }) => facts.total)).toEqual(passages.map(() => 100));
    expect(membersOf('catalog.image.list', passages).map(({ prompt }) => prompt)).toEqual(pictures.map(({ prompt }) => prompt));
  });
});
