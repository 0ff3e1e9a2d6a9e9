import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api, type Answer, type Body } from './support/api';
import { RunningFacet } from './support/running-facet';

const A_MINUTE = 60_000;
const BASE = '/imgbackendapp';
const IMAGES = `${BASE}/images`;
const BROOCH = { photo: '08-flower-brooch-white.jpg' };

/**
 * root ─┬─ first ─── second
 *       └─ aside
 */
describe('lineage, over the whole system', () => {
  let dataDir: string;
  let facet: RunningFacet;
  let [ann, bob]: Api[] = [];
  let [root, first, second, aside]: string[] = [];

  const idsOf = (images: unknown): unknown[] => (images as Body[]).map((image) => image['id']);
  const regenerate = async (image_id: string, prompt: string): Promise<string> =>
    String((await api(ann).json(`${BASE}/regenerate`, { image_id, prompt })).body['mongo_id']);
  const api = (user: Api | undefined): Api => user ?? new Api(facet.url);
  const get = (path: string): Promise<Answer> => api(ann).get(`${IMAGES}/${path}`);

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'facet-e2e-'));
    facet = await RunningFacet.start(dataDir, { IMAGE_MODEL: 'sandbox' });
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
  });
});
