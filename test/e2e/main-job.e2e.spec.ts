import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describeWithMongo, startMongo, type RunningMongo } from '@facet/testing';
import { Api, type Answer, type Body } from './support/api';
import { RunningFacet } from './support/running-facet';

const RING = { photo: '01-solitaire-ring-studio-sweep.jpg' };
const EARRINGS = { photo: '04-drop-earrings-marble.jpg' };
const BROOCH = { photo: '08-flower-brooch-white.jpg' };
const PORTRAIT = { photo: 'model-portrait.jpg' };
const POSE = { photo: 'pose-hand-at-collarbone.jpg' };
const PODIUM = { photo: 'theme-marble-podium.jpg' };

const A_MINUTE = 60_000;
const BASE = '/imgbackendapp';
const CHAIN = [
  'Remove the background and replace it with white. Make it shine',
  'Remove the background and replace it with white. Make it shine. Add gold accents',
  'Remove the background and replace it with white. Make it shine. Add gold accents. Make it brighter',
];

/** Who makes the pictures, and what is said of it at the start. */
const STUDIO = { provider: 'local', line: 'image model: local studio (set GOOGLE_API_KEY for Gemini)' };
const SANDBOX = { provider: 'sandbox', line: 'image model: sandbox' };

/** The whole job of the requirement document, on real processes. */
function itDoesTheMainJob(maker: typeof STUDIO, settings: () => Record<string, string>): void {
  let dataDir: string;
  let facet: RunningFacet;
  let ann: Api;
  let bob: Api;
  let first: Body;

  const regenerate = (image_id: unknown, prompt: string): Promise<Answer> => ann.json(`${BASE}/regenerate`, { image_id, prompt });
  const gallery = async (api: Api, query = ''): Promise<Body[]> => (await api.get(`${BASE}/user-images/${query}`)).body['images'] as Body[];

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'facet-e2e-'));
    facet = await RunningFacet.start(dataDir, settings());
    [ann, bob] = [await Api.as(facet.url, 'ann@example.com'), await Api.as(facet.url, 'bob@example.com')];
  }, 3 * A_MINUTE);

  afterAll(async () => {
    await facet.stop();
    await rm(dataDir, { recursive: true, force: true });
  }, A_MINUTE);

  it(
    'makes a studio shot of an ornament',
    async () => {
      const { status, body } = await ann.form(`${BASE}/`, [
        ['image', EARRINGS],
        ['prompt', 'Make it shine'],
      ]);
      first = body;
      expect(status).toBe(200);
      expect(body).toMatchObject({
        success: true,
        message: 'Image generated successfully',
        prompt: CHAIN[0],
        type: 'white_background',
        ornament_id: expect.any(Number) as number,
        root_image_id: body['mongo_id'],
        depth: 0,
        provider: maker.provider,
        width: 1200,
        height: 1600,
      });
      const { width, height, exif, orientation } = await sharp(await ann.picture(body['generated_image_url'])).metadata();
      expect({ width, height, exif, orientation }).toEqual({ width: 1200, height: 1600, exif: undefined, orientation: undefined });
    },
    A_MINUTE,
  );

  it('says at the start who makes the pictures', () => {
    expect(facet.log()).toContain(maker.line);
  });

  it('keeps the upload upright and without a trace of where it was taken', async () => {
    const { width, height, exif, orientation } = await sharp(await ann.picture(first['uploaded_image_url'])).metadata();
    expect({ width, height, exif, orientation }).toEqual({ width: 1200, height: 1600, exif: undefined, orientation: undefined });
  });

  it(
    'regenerates twice, and the prompts come out to the letter',
    async () => {
      const second = await regenerate(first['mongo_id'], 'Add gold accents');
      const third = await regenerate(second.body['mongo_id'], 'Make it brighter');
      expect([second.status, third.status]).toEqual([200, 200]);
      expect(second.body).toMatchObject({
        parent_image_id: first['mongo_id'],
        combined_prompt: CHAIN[1],
        new_prompt: 'Add gold accents',
        depth: 1,
      });
      expect(third.body).toMatchObject({
        success: true,
        message: 'Image regenerated successfully',
        parent_image_id: second.body['mongo_id'],
        uploaded_image_url: first['uploaded_image_url'],
        combined_prompt: CHAIN[2],
        original_prompt: CHAIN[0],
        type: 'white_background',
        root_image_id: first['mongo_id'],
        depth: 2,
      });
    },
    A_MINUTE,
  );

  it('shows all three in the gallery, newest first', async () => {
    const { body } = await ann.get(`${BASE}/user-images?page=1&limit=2`);
    expect(body).toMatchObject({ success: true, pagination: { page: 1, limit: 2, total: 3, pages: 2 } });
    const images = await gallery(ann);
    expect(images.map((image) => image['prompt'])).toEqual([...CHAIN].reverse());
    expect(images.map((image) => image['parent_image_id'])).toEqual([images[1]?.['id'], images[2]?.['id'], null]);
  });

  it(
    'changes the background, to a colour and to a picture',
    async () => {
      const words: ['prompt', string] = ['prompt', 'A calm, elegant ground'];
      const colour = await ann.form(`${BASE}/change_background/`, [['ornament_image', BROOCH], words, ['background_color', 'navy']]);
      const picture = await ann.form(`${BASE}/change_background`, [['ornament_image', BROOCH], words, ['background_image', PODIUM]]);
      for (const { status, body } of [colour, picture]) {
        expect(status).toBe(200);
        expect(body).toMatchObject({
          success: true,
          message: 'Background changed successfully',
          prompt: words[1],
          type: 'background_change',
        });
        expect((await sharp(await ann.picture(body['generated_image_url'])).metadata()).width).toBe(body['width']);
      }
    },
    A_MINUTE,
  );

  it(
    'makes model shots',
    async () => {
      const model = await ann.form(`${BASE}/generate-model/`, [
        ['ornament_image', RING],
        ['prompt', 'On a hand, soft light'],
        ['pose_style', POSE],
        ['measurements', '17 mm'],
      ]);
      expect(model.status).toBe(200);
      expect(model.body).toMatchObject({ success: true, status: 'success', measurements: '17 mm', type: 'model_with_ornament' });
      const real = await ann.form(`${BASE}/generate-real-model/`, [
        ['model_image', PORTRAIT],
        ['ornament_image', EARRINGS],
        ['prompt', 'Evening light'],
      ]);
      expect(real.status).toBe(200);
      expect(real.body).toMatchObject({ success: true, status: 'success', type: 'real_model_with_ornament' });
      for (const url of ['model_image_url', 'ornament_image_url', 'generated_image_url']) {
        expect((await ann.picture(real.body[url])).length).toBeGreaterThan(1_000);
      }
    },
    A_MINUTE,
  );

  it(
    'makes a campaign shot, and regenerates it',
    async () => {
      const { status, body } = await ann.form(`${BASE}/generate-campaign-shot/`, [
        ['ornament_images', RING],
        ['ornament_images', BROOCH],
        ['ornament_names', 'Ring'],
        ['ornament_names', 'Brooch'],
        ['prompt', 'Spring collection'],
        ['model_type', 'real_model'],
        ['model_image', PORTRAIT],
        ['theme_images', PODIUM],
      ]);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        success: true,
        status: 'success',
        model_type: 'real_model',
        ornament_names: ['Ring', 'Brooch'],
        type: 'campaign_shot_advanced',
      });
      expect(body['uploaded_ornament_urls']).toHaveLength(2);
      const warmer = await ann.form(`${BASE}/regenerate/`, [
        ['image_id', String(body['mongo_id'])],
        ['prompt', 'warmer'],
      ]);
      expect(warmer.body).toMatchObject({ type: 'campaign_shot_advanced', combined_prompt: 'Spring collection. warmer' });
      expect((await gallery(ann, '?type=campaign_shot_advanced')).map((image) => image['id'])).toEqual([
        warmer.body['mongo_id'],
        body['mongo_id'],
      ]);
    },
    A_MINUTE,
  );

  it(
    'takes a regeneration as an urlencoded form as well',
    async () => {
      const { status, body } = await ann.urlencoded(`${BASE}/regenerate`, { image_id: String(first['mongo_id']), prompt: 'cooler' });
      expect([status, body['new_prompt']]).toEqual([200, 'cooler']);
    },
    A_MINUTE,
  );

  it(
    'answers at once when asked to, and tells every step',
    async () => {
      const accepted = await ann.form(`${BASE}/`, [['image', BROOCH]], { prefer: 'respond-async' });
      expect(accepted.status).toBe(202);
      const job = accepted.body['job'] as Body;
      const path = String(accepted.headers.get('location'));
      expect(path).toBe(`/jobs/${String(job['id'])}`);
      const events = await ann.events(`${path}/events`);
      const steps = [...events.matchAll(/^event: (.+)$/gm)].map(([, step]) => step);
      expect(steps).toEqual(expect.arrayContaining(['generating', 'storing', 'cataloging', 'succeeded']));
      const lastId = [...events.matchAll(/^id: (.+)$/gm)].map(([, id]) => String(id)).at(-2);
      const replayed = await ann.events(`${path}/events`, { 'last-event-id': String(lastId) });
      expect([...replayed.matchAll(/^event: (.+)$/gm)].map(([, step]) => step)).toEqual(['succeeded']);
      expect((await ann.get(path)).body).toMatchObject({ success: true, job: { state: 'succeeded', image: { type: 'white_background' } } });
    },
    A_MINUTE,
  );

  it(
    'makes one picture of one idempotency key',
    async () => {
      const key = { 'idempotency-key': 'order-17' };
      const [one, two] = await Promise.all([1, 2].map(() => ann.form(`${BASE}/`, [['image', BROOCH]], key)));
      expect([one?.status, two?.status]).toEqual([200, 200]);
      expect(one?.body['mongo_id']).toBe(two?.body['mongo_id']);
      const other = await ann.form(`${BASE}/`, [['image', RING]], key);
      expect([other.status, other.body['code']]).toEqual([422, 'idempotency_mismatch']);
    },
    A_MINUTE,
  );

  it('keeps users apart', async () => {
    expect(await gallery(bob)).toEqual([]);
    const stolen = await bob.json(`${BASE}/regenerate`, { image_id: first['mongo_id'], prompt: 'mine' });
    expect([stolen.status, stolen.body['code']]).toEqual([403, 'not_owner']);
    expect((await bob.get(`/jobs/${String(first['mongo_id'])}`)).status).toBe(403);
    expect((await new Api(facet.url).get(`${BASE}/user-images`)).status).toBe(401);
    expect((await new Api(facet.url, 'not.a.token').get(`${BASE}/user-images`)).status).toBe(401);
  });

  it('says what is wrong with a request', async () => {
    const unknown = '507f1f77bcf86cd799439011';
    expect((await regenerate(unknown, 'brighter')).status).toBe(404);
    expect([await ann.get(`/jobs/${unknown}`), await ann.get('/jobs/short')]).toMatchObject([{ status: 404 }, { status: 400 }]);
    expect((await regenerate('not-an-id', 'brighter')).body['error']).toContain('image_id');
    for (const [query, field] of [
      ['limit=101', 'limit'],
      ['page=0', 'page'],
      ['type=painting', 'type'],
    ]) {
      const { status, body } = await ann.get(`${BASE}/user-images?${String(query)}`);
      expect([status, String(body['error']).startsWith(`${String(field)}:`)]).toEqual([400, true]);
    }
    expect((await ann.form(`${BASE}/`, [['prompt', 'no picture']])).status).toBe(400);
  });

  it(
    'is all there after a stop and a start, and an old picture can be regenerated',
    async () => {
      const before = await gallery(ann);
      expect(await facet.stop()).toBeLessThan(10_000);
      facet = await RunningFacet.start(dataDir, settings());
      ann = await Api.as(facet.url, 'ann@example.com');
      const withoutAddress = (images: Body[]): unknown => JSON.parse(JSON.stringify(images).replaceAll(/http:\/\/localhost:\d+/g, ''));
      expect(withoutAddress(await gallery(ann))).toEqual(withoutAddress(before));
      const again = await regenerate(first['mongo_id'], 'darker');
      expect(again.body).toMatchObject({ success: true, parent_image_id: first['mongo_id'], depth: 1 });
    },
    2 * A_MINUTE,
  );
}

describe('the main job, embedded', () => {
  itDoesTheMainJob(STUDIO, () => ({}));
});

describeWithMongo('the main job, with MongoDB', () => {
  let mongo: RunningMongo;

  beforeAll(async () => {
    mongo = await startMongo();
  }, 2 * A_MINUTE);

  afterAll(async () => {
    await mongo.stop();
  });

  // what the studio makes does not depend on where the catalog keeps its records
  itDoesTheMainJob(SANDBOX, () => ({ MONGODB_URI: mongo.uri, IMAGE_MODEL: 'sandbox' }));
});
