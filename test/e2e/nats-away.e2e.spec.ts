import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNats, waitFor, type RunningNats } from '@facet/testing';
import { Api, type Answer } from './support/api';
import { RunningFacet } from './support/running-facet';

const BASE = '/imgbackendapp';
const PHOTO = { photo: '08-flower-brooch-white.jpg' };

/** How long NATS is away, ms. */
const OUTAGE_MS = 3_000;

/** The whole system, when NATS goes and comes: nothing is started again but NATS. */
describe('NATS away', () => {
  let dataDir: string;
  let nats: RunningNats;
  let facet: RunningFacet;
  let ann: Api;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'facet-e2e-'));
    nats = await startNats();
    // long enough for NATS to go while the model is at work
    facet = await RunningFacet.start(dataDir, { NATS_URL: nats.url, IMAGE_MODEL: 'sandbox', SANDBOX_LATENCY_MS: '1500' });
    ann = await Api.as(facet.url, 'ann@example.com');
  }, 180_000);

  afterAll(async () => {
    await facet.stop();
    await nats.stop();
    await rm(dataDir, { recursive: true, force: true });
  }, 60_000);

  const shot = (headers: Record<string, string> = {}): Promise<Answer> => ann.form(`${BASE}/`, [['image', PHOTO]], headers);
  const stateOf = async (id: string): Promise<string> => String(((await ann.get(`/jobs/${id}`)).body['job'] as { state?: string }).state);
  const outage = async (): Promise<void> => {
    const began = performance.now();
    await waitFor(async () => (await ann.get(`${BASE}/user-images`)).status === 503, { timeoutMs: OUTAGE_MS, what: '503' });
    await waitFor(() => performance.now() - began >= OUTAGE_MS, { timeoutMs: 2 * OUTAGE_MS });
  };
  const pictureMade = (): Promise<Answer> =>
    waitFor(
      async () => {
        const answer = await shot();
        return answer.status === 200 ? answer : null;
      },
      { timeoutMs: 20_000, what: 'a picture' },
    );

  it('a request that waits for its picture is answered with it, when NATS was silent for 3 s in the meantime', async () => {
    // the key of a job that is made with this request, by a second one that does not wait
    const waiting = shot({ 'idempotency-key': 'over-an-outage' });
    const job = await waitFor(
      async () => {
        const { status, body } = await shot({ 'idempotency-key': 'over-an-outage', prefer: 'respond-async' });
        return status === 202 ? (body['job'] as { id: string }) : null;
      },
      { what: 'the job' },
    );
    await waitFor(async () => (await stateOf(job.id)) === 'generating', { what: 'the model to be at work' });
    await nats.pause();
    await outage();
    await nats.unpause();
    expect(await waiting).toMatchObject({ status: 200, body: { success: true, mongo_id: job.id } });
  }, 60_000);

  it.each([
    ['silent', (): Promise<void> => nats.pause(), (): Promise<void> => nats.unpause()],
    ['killed', (): Promise<void> => nats.restart(), (): Promise<void> => Promise.resolve()],
  ])(
    'a picture is made after NATS was %s, with no other restart',
    async (_how, away, back) => {
      await away();
      await back();
      expect(await pictureMade()).toMatchObject({ status: 200 });
      expect(await ann.get('/health/ready')).toMatchObject({ status: 200 });
      expect(facet.log()).not.toMatch(/starting .* again|ended with|restart/i);
    },
    60_000,
  );

  it('every service stops when it is told to, and does not wait for NATS', async () => {
    await nats.kill();
    await waitFor(async () => (await ann.get('/health/ready')).status === 503, { what: 'NATS to be missed' });
    await facet.stop();
    expect(facet.log()).not.toContain('is killed');
  }, 60_000);
});
