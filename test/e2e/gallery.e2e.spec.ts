import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImageStored } from '@facet/contracts';
import { EventPublisher } from '@facet/messaging';
import { anImageStored, startProvisionedNats, waitFor, type ProvisionedNats } from '@facet/testing';
import { jetstream } from '@nats-io/jetstream';
import { Api, type Body } from './support/api';
import { RunningFacet } from './support/running-facet';

const A_MINUTE = 60_000;
const PICTURES = 25;

/** A page as a client reads it. */
interface Page {
  images: Body[];
  pagination: Record<string, unknown>;
}

/** The gallery over HTTP. Pictures come off the event log, as if generation and media had been at work. */
describe('the gallery', () => {
  let nats: ProvisionedNats;
  let dataDir: string;
  let facet: RunningFacet;
  let ann: Api;
  let bob: Api;
  let root: ImageStored;

  const ids = (page: Page): unknown[] => page.images.map(({ id }) => id);
  const page = async (query: string, api = ann): Promise<Page> => {
    const { status, body } = await api.get(`/imgbackendapp/user-images?${query}`);
    expect(status).toBe(200);
    return body as unknown as Page;
  };
  const refusal = async (query: string, api = ann): Promise<unknown> => {
    const { status, body } = await api.get(`/imgbackendapp/user-images?${query}`);
    return [status, body['code'], String(body['error']).split(':')[0]];
  };
  const store = async (events: ImageStored[]): Promise<void> => {
    const publisher = new EventPublisher(jetstream(nats.connection));
    for (const event of events) {
      await publisher.publish('image.stored', event);
    }
  };
  const idOf = async (api: Api): Promise<string> => ((await api.get('/auth/me')).body['user'] as { id: string }).id;

  beforeAll(async () => {
    nats = await startProvisionedNats();
    dataDir = await mkdtemp(join(tmpdir(), 'facet-gallery-'));
    facet = await RunningFacet.start(dataDir, { NATS_URL: nats.url, IMAGE_MODEL: 'sandbox' });
    [ann, bob] = [await Api.as(facet.url, 'ann@example.com'), await Api.as(facet.url, 'bob@example.com')];
    const user_id = await idOf(ann);
    root = anImageStored({ user_id, requested_at: '2026-11-01T00:00:00.000Z' });
    const { image_id, generated_image_url, generated_image_path, assets } = root;
    const parent = { image_id, root_image_id: image_id, depth: 0, generated_image_url, generated_image_path, assets };
    const others = Array.from({ length: PICTURES - 1 }, (_, n) =>
      anImageStored({
        user_id,
        type: n % 2 === 0 ? 'white_background' : 'background_change',
        parent: n % 4 === 0 ? parent : null,
        instruction: n % 3 === 0 ? 'Doré, please' : 'Silver',
        requested_at: `2026-11-${String(n + 2).padStart(2, '0')}T10:00:00.000Z`,
      }),
    );
    await store([root, ...others, anImageStored({ user_id: await idOf(bob) })]);
    await waitFor(async () => (await page('limit=1')).pagination['total'] === PICTURES, { timeoutMs: A_MINUTE, what: 'the pictures' });
  }, 5 * A_MINUTE);

  afterAll(async () => {
    await facet.stop();
    await nats.stop();
    await rm(dataDir, { recursive: true, force: true });
  }, A_MINUTE);

  it(
    'goes on by cursor to the end, and nothing shifts while pictures arrive',
    async () => {
      const all = ids(await page('limit=100'));
      const first = await page('limit=10');
      expect(first.pagination).toMatchObject({ page: 1, limit: 10, total: PICTURES, pages: 3, has_more: true });
      await store([anImageStored({ user_id: await idOf(ann), requested_at: '2026-11-27T10:00:00.000Z' })]);
      await waitFor(async () => (await page('limit=1')).pagination['total'] === PICTURES + 1, {
        timeoutMs: A_MINUTE,
        what: 'the new picture',
      });
      const second = await page(`limit=10&cursor=${String(first.pagination['next_cursor'])}`);
      expect(second.pagination).toMatchObject({ page: null, total: PICTURES + 1, has_more: true });
      const last = await page(`limit=20&cursor=${String(second.pagination['next_cursor'])}`);
      expect(last.pagination).toMatchObject({ has_more: false, next_cursor: null });
      expect([first, second, last].flatMap(ids)).toEqual(all);
    },
    2 * A_MINUTE,
  );

  it(
    'finds by what is asked for',
    async () => {
      expect((await page('type=background_change&limit=1')).pagination).toMatchObject({ total: 12, pages: 12 });
      expect((await page(`root=${root.image_id}&limit=50`)).images).toHaveLength(7);
      expect((await page(`root=${root.image_id.toUpperCase()}&limit=50`)).images).toHaveLength(7);
      const children = await page(`parent=${root.image_id}&depth=1&sort=oldest&limit=4`);
      expect(children.pagination).toMatchObject({ total: null, pages: null, has_more: true });
      expect(children.images.map((image) => image['created_at'])).toEqual(
        ['02', '06', '10', '14'].map((day) => `2026-11-${day}T10:00:00.000Z`),
      );
      const more = await page(`cursor=${String(children.pagination['next_cursor'])}&sort=oldest&depth=1&parent=${root.image_id}`);
      expect(more.images.map((image) => image['created_at'])).toEqual(['18', '22'].map((day) => `2026-11-${day}T10:00:00.000Z`));
      expect((await page('q=DORE%20please')).images).toHaveLength(8);
      expect((await page('created_after=2026-11-24&created_before=2026-11-25T10:00:00%2B00:00')).images).toHaveLength(1);
      expect((await page('provider=gemini')).images).toEqual([]);
      expect((await page('starred=true')).images).toEqual([]);
    },
    A_MINUTE,
  );

  it(
    'keeps users apart: their cursors, and the trees of others',
    async () => {
      const cursor = String((await page('limit=5')).pagination['next_cursor']);
      expect(await refusal(`limit=5&cursor=${cursor}`, bob)).toEqual([400, 'invalid_request', 'cursor']);
      expect((await page(`root=${root.image_id}`, bob)).images).toEqual([]);
      expect((await page(`parent=${root.image_id}`, bob)).images).toEqual([]);
    },
    A_MINUTE,
  );

  it(
    'says what is wrong with a question',
    async () => {
      const cursor = String((await page('limit=5')).pagination['next_cursor']);
      for (const [query, field] of [
        [`cursor=${cursor}&page=2`, 'cursor'],
        [`cursor=${cursor}&starred=true`, 'cursor'],
        [`cursor=${cursor}&sort=oldest`, 'cursor'],
        ['cursor=nonsense', 'cursor'],
        ['root=short', 'root'],
        ['depth=-1', 'depth'],
        ['depth=', 'depth'],
        ['starred=maybe', 'starred'],
        ['created_after=yesterday', 'created_after'],
        ['created_after=9999-12-31T23:59:59-23:59', 'created_after'],
        ['created_before=0000-01-01T00:00:00%2B23:59', 'created_before'],
        ['sort=best', 'sort'],
        ['q=%E2%80%A6', 'q'],
      ]) {
        expect([query, await refusal(String(query))]).toEqual([query, [400, 'invalid_request', field]]);
      }
    },
    A_MINUTE,
  );
});
