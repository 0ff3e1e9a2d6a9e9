import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@facet/testing';
import { Api, type Answer, type Body } from './support/api';
import { KeptInNats } from './support/kept-in-nats';
import { ProductionNats } from './support/production-nats';
import { RunningFacet } from './support/running-facet';

const A_MINUTE = 60_000;
const BASE = '/imgbackendapp';
const IMAGES = `${BASE}/images`;
const BROOCH = { photo: '08-flower-brooch-white.jpg' };

/**
 * root ─┬─ first ─── second
 *       └─ aside
 */
describe('lineage and keeping, over the whole system', () => {
  let dataDir: string;
  let nats: ProductionNats;
  let facet: RunningFacet;
  let [ann, bob]: Api[] = [];
  let [root, first, second, aside]: string[] = [];

  const idsOf = (images: unknown): unknown[] => (images as Body[]).map((image) => image['id']);
  const regenerate = async (image_id: string, prompt: string): Promise<string> =>
    String((await api(ann).json(`${BASE}/regenerate`, { image_id, prompt })).body['mongo_id']);
  const api = (user: Api | undefined): Api => user ?? new Api(facet.url);
  const get = (path: string): Promise<Answer> => api(ann).get(`${IMAGES}/${path}`);

  /** The receipt of a purge when it has come to its end. */
  const receiptOf = async ({ body }: Answer): Promise<Body> => {
    const { id } = body['receipt'] as { id: string };
    return waitFor(
      async () => {
        const receipt = (await api(ann).get(`${BASE}/receipts/${id}`)).body['receipt'] as Body;
        return receipt['state'] === 'done' ? receipt : null;
      },
      { timeoutMs: 30_000, what: 'the purge to end' },
    );
  };

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'facet-e2e-'));
    nats = await ProductionNats.start(dataDir);
    facet = await RunningFacet.start(dataDir, { IMAGE_MODEL: 'sandbox', ...nats.environment });
    [ann, bob] = [await Api.as(facet.url, 'ann@example.com'), await Api.as(facet.url, 'bob@example.com')];
    const { body } = await ann.form(`${BASE}/`, [
      ['image', BROOCH],
      ['prompt', 'Make it shine'],
    ]);
    root = String(body['mongo_id']);
    first = await regenerate(root, 'Add gold accents');
    aside = await regenerate(root, 'Add silver accents');
    second = await regenerate(first, 'Make it brighter');
  }, 3 * A_MINUTE);

  afterAll(async () => {
    await facet.stop();
    await nats.stop();
    await rm(dataDir, { recursive: true, force: true });
  }, A_MINUTE);

  it('shows one picture, and the first of its chain', async () => {
    const one = await get(String(second));
    expect(one).toMatchObject({ status: 200, body: { success: true, image: { id: second, depth: 2, parent_image_id: first } } });
    expect((await get(`${second}/original`)).body).toMatchObject({ success: true, image: { id: root, depth: 0 } });
    expect((await get(`${root}/original/`)).body).toMatchObject({ image: { id: root } });
  });

  it('shows what was made from a picture, and what it was made from', async () => {
    const regenerations = await get(`${root}/regenerations`);
    expect(idsOf(regenerations.body['images'])).toEqual([first, second, aside]);
    expect(regenerations.body['images']).toEqual([
      expect.objectContaining({ depth: 1, parent_image_id: root, instruction: 'Add gold accents' }),
      expect.objectContaining({ depth: 2, parent_image_id: first }),
      expect.objectContaining({ depth: 1, parent_image_id: root }),
    ]);
    const { body } = await get(`${second}/ancestors`);
    expect(idsOf(body['images'])).toEqual([root, first]);
    const url = (body['images'] as Body[])[0]?.['generated_image_url'];
    expect((await api(ann).picture(url)).length).toBeGreaterThan(1_000);
  });

  it('shows the tree whole, in one direction, near a picture, and in parts', async () => {
    const whole = await get(`${second}/lineage`);
    expect(whole.body).toMatchObject({ success: true, root_image_id: root, path: [root, first, second] });
    expect(idsOf(whole.body['nodes'])).toEqual([root, first, second, aside]);
    expect(whole.body['edges']).toEqual([
      { from: root, to: first },
      { from: first, to: second },
      { from: root, to: aside },
    ]);
    const nodes = async (query: string): Promise<unknown[]> => idsOf((await get(`${first}/lineage?${query}`)).body['nodes']);
    expect(await nodes('direction=up')).toEqual([root, first]);
    expect(await nodes('direction=down')).toEqual([first, second]);
    expect(await nodes('depth=1')).toEqual([root, first, second]);
    const part = await get(`${first}/lineage?limit=2`);
    expect(part.body['pagination']).toEqual({ limit: 2, next: first });
    const behind = await get(`${first}/lineage?limit=2&after=${first}`);
    expect(idsOf(behind.body['nodes'])).toEqual([second, aside]);
    expect(behind.body).toMatchObject({ edges: [{ from: first }, { from: root }], pagination: { next: null } });
  });

  it('lays two pictures beside one another', async () => {
    expect((await get(`${second}/compare/${aside}`)).body).toMatchObject({
      success: true,
      a: { id: second, generated_image_url: expect.stringMatching(/^http/) },
      b: { id: aside, generated_image_url: expect.stringMatching(/^http/) },
      common_ancestor: { id: root },
      instructions: { a: ['Add gold accents', 'Make it brighter'], b: ['Add silver accents'] },
    });
  });

  it.each(['nonsense', 'nonsense/original', '1234/regenerations', 'x/ancestors', 'x/lineage'])('refuses %s as no id', async (path) => {
    expect(await get(path)).toMatchObject({ status: 400, body: { success: false, code: 'invalid_request' } });
  });

  it.each(['regenerations?limit=0', 'ancestors?limit=many', 'lineage?direction=sideways', 'lineage?depth=-1', 'lineage?after=x'])(
    'refuses a wrong query: %s',
    async (path) => {
      expect(await get(`${root}/${path}`)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    },
  );

  it('answers on every route 404 for a picture that is not there, 403 to others, 401 without a token', async () => {
    const absent = '507f1f77bcf86cd799439011';
    const routes = (id: unknown): string[] => [
      ...['', '/original', '/regenerations', '/ancestors', '/lineage'].map((route) => `${IMAGES}/${String(id)}${route}`),
      `${IMAGES}/${String(id)}/compare/${String(root)}`,
      `${IMAGES}/${String(root)}/compare/${String(id)}`,
    ];
    for (const route of routes(absent)) {
      expect([route, await api(ann).get(route)]).toMatchObject([route, { status: 404, body: { code: 'image_not_found' } }]);
    }
    for (const route of routes(second)) {
      expect([route, await api(bob).get(route)]).toMatchObject([route, { status: 403, body: { code: 'not_owner' } }]);
      expect([route, await new Api(facet.url).get(route)]).toMatchObject([route, { status: 401 }]);
    }
    const deeds = (user: Api, id: unknown): Promise<Answer>[] => [
      user.patch(`${IMAGES}/${String(id)}`, { starred: true }),
      user.call('DELETE', `${IMAGES}/${String(id)}`),
      user.call('POST', `${IMAGES}/${String(id)}/restore`),
    ];
    const statuses = async (user: Api | undefined, id: unknown): Promise<number[]> =>
      (await Promise.all(deeds(api(user), id))).map(({ status }) => status);
    expect(await statuses(ann, absent)).toEqual([404, 404, 404]);
    expect(await statuses(bob, second)).toEqual([403, 403, 403]);
    expect(await statuses(new Api(facet.url), second)).toEqual([401, 401, 401]);
    expect(await statuses(ann, 'nonsense')).toEqual([400, 400, 400]);
    expect((await get(String(second))).body).toMatchObject({ image: { starred: false, deleted: false } });
  });

  it('lets two users who hammer each other’s pictures have nothing but 403', async () => {
    const { body } = await api(bob).form(`${BASE}/`, [['image', BROOCH]]);
    const ofBob = String(body['mongo_id']);
    const hammer = async (user: Api, own: string, other: string): Promise<number[]> => {
      const answers = await Promise.all(
        Array.from({ length: 5 }, (_, n) => [
          user.get(`${IMAGES}/${other}`),
          user.get(`${IMAGES}/${other}/original`),
          user.get(`${IMAGES}/${other}/regenerations`),
          user.get(`${IMAGES}/${other}/ancestors`),
          user.get(`${IMAGES}/${other}/lineage`),
          user.get(`${IMAGES}/${other}/compare/${own}`),
          user.get(`${IMAGES}/${own}/compare/${other}`),
          user.patch(`${IMAGES}/${other}`, { title: `mine ${n}` }),
          user.call('DELETE', `${IMAGES}/${other}`),
          user.call('POST', `${IMAGES}/${other}/restore`),
        ]).flat(),
      );
      return [...new Set(answers.map(({ status }) => status))];
    };
    expect(await Promise.all([hammer(api(ann), String(root), ofBob), hammer(api(bob), ofBob, String(root))])).toEqual([[403], [403]]);
    expect((await api(bob).get(`${IMAGES}/${ofBob}`)).body).toMatchObject({ image: { title: null, deleted: false } });
  });

  it('shows at once what was changed, and keeps what was not', async () => {
    const changed = await api(ann).patch(`${IMAGES}/${String(aside)}`, {
      starred: true,
      title: '  For the window ',
      tags: ['gold', 'gold', ' spring '],
    });
    const kept = { id: aside, starred: true, title: 'For the window', tags: ['gold', 'spring'], deleted: false };
    expect(changed).toMatchObject({ status: 200, body: { success: true, image: kept } });
    expect((await get(String(aside))).body).toMatchObject({ image: kept });
    expect((await api(ann).get(`/jobs/${String(aside)}`)).body).toMatchObject({ job: { image: kept } });
    const again = await api(ann).patch(`${IMAGES}/${String(aside)}`, { title: null }, { 'x-request-id': 'the-same' });
    const andAgain = await api(ann).patch(`${IMAGES}/${String(aside)}`, { title: 'Once more' }, { 'x-request-id': 'the-same' });
    expect([again.body, andAgain.body]).toMatchObject([
      { image: { title: null, starred: true } },
      { image: { title: 'Once more', starred: true } },
    ]);
  });

  it.each([{}, { starred: 'yes' }, { title: 'x'.repeat(201) }, { tags: [' '] }, { tags: Array.from({ length: 21 }, (_, n) => `${n}`) }])(
    'refuses to change %j',
    async (patch) => {
      expect(await api(ann).patch(`${IMAGES}/${String(aside)}`, patch)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    },
  );

  it('deletes a picture: its place and its regenerations stay', async () => {
    const deleted = await api(ann).call('DELETE', `${IMAGES}/${String(first)}`);
    expect(deleted).toMatchObject({
      status: 200,
      body: { success: true, image: { id: first, deleted: true, restorable_until: expect.any(String) } },
    });
    expect(deleted.body['image']).not.toHaveProperty('generated_image_url');
    expect((await get(String(first))).body).toEqual(deleted.body);
    const { body } = await get(`${String(root)}/regenerations`);
    expect(body['images']).toMatchObject([
      { id: first, deleted: true, instruction: null, generated_image_url: null },
      { id: second, deleted: false, parent_image_id: first },
      { id: aside, deleted: false },
    ]);
    const job = await api(ann).get(`/jobs/${String(first)}`);
    expect(job.body).toMatchObject({ job: { state: 'succeeded', image: { deleted: true } } });
    expect(JSON.stringify([job.body, await api(ann).events(`/jobs/${String(first)}/events`)])).not.toContain('gold accents');
    const refused = [
      await api(ann).json(`${BASE}/regenerate`, { image_id: first, prompt: 'More' }),
      await api(ann).patch(`${IMAGES}/${String(first)}`, { starred: true }),
    ];
    expect(refused).toMatchObject([
      { status: 409, body: { code: 'image_deleted' } },
      { status: 409, body: { code: 'image_deleted' } },
    ]);
    expect(await api(ann).call('DELETE', `${IMAGES}/${String(first)}`)).toMatchObject({ status: 200, body: deleted.body });
  });

  it(
    'remembers all of it after a restart',
    async () => {
      const before = await get(`${String(root)}/lineage`);
      await facet.stop();
      facet = await RunningFacet.start(dataDir, { IMAGE_MODEL: 'sandbox', ...nats.environment });
      [ann, bob] = [await Api.as(facet.url, 'ann@example.com'), await Api.as(facet.url, 'bob@example.com')];
      const after = await get(`${String(root)}/lineage`);
      expect(withoutUrls(after.body)).toEqual(withoutUrls(before.body));
      expect(after.body['nodes']).toMatchObject([{ id: root }, { id: first, deleted: true }, { id: second }, { id: aside, starred: true }]);
    },
    3 * A_MINUTE,
  );

  it('restores a deleted picture as it was', async () => {
    const restored = await api(ann).call('POST', `${IMAGES}/${String(first)}/restore`);
    expect(restored).toMatchObject({ status: 200, body: { image: { id: first, deleted: false, parent_image_id: root } } });
    expect(await api(ann).call('POST', `${IMAGES}/${String(first)}/restore`)).toMatchObject({ status: 200, body: restored.body });
    expect((await api(ann).json(`${BASE}/regenerate`, { image_id: first, prompt: 'More' })).status).toBe(200);
  });

  it(
    'purges a picture at once: nothing is left of it anywhere but its place',
    async () => {
      const kept = await KeptInNats.at(nats.operatorUrl);
      const secret = 'A confidential monogram';
      const child = await regenerate(String(second), secret);
      const url = ((await get(child)).body['image'] as Body)['generated_image_url'];
      expect(await api(bob).call('DELETE', `${IMAGES}/${child}?purge=true`)).toMatchObject({ status: 403 });
      const purged = await api(ann).call('DELETE', `${IMAGES}/${child}?purge=true`);
      expect(purged).toMatchObject({ status: 202, body: { receipt: { id: `purge-${child}` } } });
      const receipt = await receiptOf(purged);
      expect(receipt).toMatchObject({ image_id: child, state: 'done', destroyed: { assets: [expect.stringContaining(child)] } });
      const { events, blobs } = receipt['destroyed'] as Record<string, unknown[]>;
      expect(blobs).toEqual([`${child}/result`]);
      // requested, generated, stored, cataloged, purging, purge planned
      expect(events).toHaveLength(6);
      expect(await api(bob).get(`${BASE}/receipts/purge-${child}`)).toMatchObject({ status: 403, body: { code: 'not_owner' } });
      expect(await kept.said(secret)).toEqual([]);
      expect((await fetch(String(url))).status).toBe(404);
      expect((await get(child)).body).toMatchObject({ image: { id: child, deleted: true, restorable_until: null } });
      expect((await api(ann).get(`/jobs/${child.toUpperCase()}`)).body).toMatchObject({ job: { image: { id: child, deleted: true } } });
      const gone = { status: 410, body: { code: 'image_gone' } };
      expect(await api(ann).call('POST', `${IMAGES}/${child}/restore`)).toMatchObject(gone);
      expect(await api(ann).patch(`${IMAGES}/${child}`, { starred: true })).toMatchObject(gone);
      expect(await api(ann).json(`${BASE}/regenerate`, { image_id: child, prompt: 'More' })).toMatchObject(gone);
      const { body } = await get(`${String(second)}/regenerations`);
      expect(body['images']).toMatchObject([{ id: child, deleted: true, instruction: null, generated_image_url: null }]);
      await kept.close();
    },
    A_MINUTE,
  );

  it('destroys the uploads with the last picture of a tree', async () => {
    const { body } = await api(ann).form(`${BASE}/`, [['image', BROOCH]]);
    const [parent, upload] = [String(body['mongo_id']), String(body['uploaded_image_url'])];
    const child = await regenerate(parent, 'Warmer');
    await receiptOf(await api(ann).call('DELETE', `${IMAGES}/${parent}?purge=true`));
    expect((await fetch(upload)).status).toBe(200);
    const receipt = await receiptOf(await api(ann).call('DELETE', `${IMAGES}/${child}?purge=true`));
    expect((receipt['destroyed'] as Record<string, unknown[]>)['assets']).toHaveLength(2);
    expect((await fetch(upload)).status).toBe(404);
    expect((await get(`${child}/lineage`)).body).toMatchObject({ nodes: [{ deleted: true }, { deleted: true }] });
  }, 60_000);
});

/** A restart takes another port, which addresses of pictures begin with. */
const withoutUrls = (body: Body): unknown => JSON.parse(JSON.stringify(body).replaceAll(/http:[^"]+/g, 'url'));
