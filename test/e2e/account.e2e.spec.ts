import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@facet/testing';
import { Api, type Body } from './support/api';
import { KeptInNats } from './support/kept-in-nats';
import { ProductionNats } from './support/production-nats';
import { RunningFacet } from './support/running-facet';

const A_MINUTE = 60_000;
const BASE = '/imgbackendapp';
const BROOCH = { photo: '08-flower-brooch-white.jpg' };
// what was in the hands of a process that is killed comes again after the acknowledgement wait
const SETTINGS = { IMAGE_MODEL: 'sandbox', ACCOUNT_SWEEP_SECONDS: '1', SWEEP_SECONDS: '1', ACK_WAIT_SECONDS: '6' };
const LOGIN = { email: 'ann@example.com', password: 'correct horse battery' };
const SECRET = 'A hallmark that nobody knows';

describe('the deletion of an account, over the whole system', () => {
  let dataDir: string;
  let nats: ProductionNats;
  let facet: RunningFacet;

  const listed = async (user: Api): Promise<unknown> => ((await user.get(`${BASE}/user-images`)).body['pagination'] as Body)['total'];
  const aPicture = async (user: Api): Promise<string> => {
    const { body } = await user.form(`${BASE}/`, [
      ['image', BROOCH],
      ['prompt', SECRET],
    ]);
    return String(body['mongo_id']);
  };

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'facet-e2e-'));
    nats = await ProductionNats.start(dataDir);
    facet = await RunningFacet.start(dataDir, { ...SETTINGS, ...nats.environment });
  }, 3 * A_MINUTE);

  afterAll(async () => {
    await facet.stop();
    await nats.stop();
    await rm(dataDir, { recursive: true, force: true });
  }, A_MINUTE);

  it(
    'leaves nothing of the user but places, and all of others, also when its processes are killed meanwhile',
    async () => {
      const [ann, bob, anybody] = [await Api.as(facet.url, LOGIN.email), await Api.as(facet.url, 'bob@example.com'), new Api(facet.url)];
      const root = await aPicture(ann);
      const child = String((await ann.json(`${BASE}/regenerate`, { image_id: root, prompt: SECRET })).body['mongo_id']);
      const deleted = await aPicture(ann);
      await ann.call('DELETE', `${BASE}/images/${deleted}`);
      // one that came to no picture, and whose words lie in the log and among the dead letters
      expect(
        await ann.form(`${BASE}/`, [
          ['image', BROOCH],
          ['prompt', `${SECRET} [fail:refused]`],
        ]),
      ).toMatchObject({ body: { success: false } });
      const { body: ofBob } = await bob.form(`${BASE}/`, [['image', BROOCH]]);
      const { body: session } = await ann.json('/auth/login', LOGIN);

      const closed = await ann.call('DELETE', `${BASE}/account`);
      expect(closed).toMatchObject({ status: 202, body: { success: true, receipt: { state: 'under_way' } } });
      const { id } = closed.body['receipt'] as { id: string };
      expect(closed.headers.get('location')).toBe(`${BASE}/account/receipts/${id}`);
      expect((await ann.call('DELETE', `${BASE}/account`)).body).toMatchObject({ receipt: { id } });
      // at once: no login, no refresh, no new picture
      expect(await anybody.json('/auth/login', LOGIN)).toMatchObject({ status: 401 });
      expect(await anybody.json('/auth/refresh', { refresh_token: session['refresh_token'] })).toMatchObject({ status: 401 });
      expect(await ann.form(`${BASE}/`, [['image', BROOCH]])).toMatchObject({ status: 409, body: { code: 'account_closing' } });
      // wherever they are with it: those that take over go on. A gateway's would wait until the lease of its sweep is over, a minute
      for (const service of ['catalog-1', 'media-1']) {
        process.kill(Number(await readFile(join(dataDir, 'run', `${service}.pid`), 'utf8')), 'SIGKILL');
      }

      const receipt = await waitFor(
        async () => {
          const { body } = await anybody.get(`${BASE}/account/receipts/${id}`);
          return (body['receipt'] as Body)['state'] === 'done' ? (body['receipt'] as Body) : null;
        },
        { timeoutMs: 60_000, what: 'the account to be deleted' },
      );
      // three pictures and the uploads of two trees
      expect(receipt).toMatchObject({ id, destroyed: { images: 3, assets: 5 }, finished_at: expect.any(String) });
      expect((await ann.get(`${BASE}/receipts/${id}`)).body).toMatchObject({ receipt });
      expect((await ann.get(`${BASE}/images/${child}`)).body).toMatchObject({ image: { deleted: true, restorable_until: null } });
      const kept = await KeptInNats.at(nats.operatorUrl);
      expect([await kept.said(SECRET), await kept.said(LOGIN.email)]).toEqual([[], []]);
      await kept.close();
      expect([await listed(ann), await listed(bob)]).toEqual([0, 1]);
      expect((await bob.picture(ofBob['generated_image_url'])).length).toBeGreaterThan(1_000);

      // what a service is not permitted NATS tells it as an error, which it writes down
      expect(facet.logLines().filter(({ msg }) => msg === 'nats: error' || msg === 'no sweep of stuck jobs this time')).toEqual([]);

      await facet.stop();
      facet = await RunningFacet.start(dataDir, { ...SETTINGS, ...nats.environment });
      expect(await listed(new Api(facet.url, ann.token))).toBe(0);
      expect(await listed(await Api.as(facet.url, 'bob@example.com'))).toBe(1);
      expect((await new Api(facet.url).get(`${BASE}/account/receipts/${id}`)).body).toMatchObject({ receipt });
      expect(await new Api(facet.url).json('/auth/register', LOGIN)).toMatchObject({ status: 201 });
    },
    4 * A_MINUTE,
  );
});
