import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@facet/testing';
import { Api, type Answer, type Body } from './support/api';
import { KeptInNats } from './support/kept-in-nats';
import { RunningFacet } from './support/running-facet';

const A_MINUTE = 60_000;
const BASE = '/imgbackendapp';
const BROOCH = { photo: '08-flower-brooch-white.jpg' };

/** In every prompt of this file, and in nothing else: it must not be found in a log. */
const WORD = 'tourmaline';

/** A data folder of its own, and Facet in it, with a user. */
class Stage {
  private constructor(
    private readonly dataDir: string,
    readonly facet: RunningFacet,
    readonly ann: Api,
    readonly nats: KeptInNats,
  ) {}

  static async set(settings: Record<string, string>): Promise<Stage> {
    const dataDir = await mkdtemp(join(tmpdir(), 'facet-e2e-'));
    const facet = await RunningFacet.start(dataDir, { IMAGE_MODEL: 'sandbox', ...settings });
    return new Stage(dataDir, facet, await Api.as(facet.url, 'ann@example.com'), await KeptInNats.of(facet));
  }

  async clear(): Promise<void> {
    await this.nats.close();
    await this.facet.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  shot(words: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ann.form(
      `${BASE}/`,
      [
        ['image', BROOCH],
        ['prompt', `A ${WORD} glow ${words}`],
      ],
      headers,
    );
  }

  async job(id: unknown): Promise<Body> {
    return (await this.ann.get(`/jobs/${String(id)}`)).body['job'] as Body;
  }

  /** The steps of a job that has ended: state and attempt. */
  async steps(id: unknown): Promise<[state: string, attempts: number][]> {
    const events = await this.ann.events(`/jobs/${String(id)}/events`);
    const steps = [...events.matchAll(/^data: (.+)$/gm)].map(([, data]) => JSON.parse(String(data)) as { state: string; attempts: number });
    return steps.map(({ state, attempts }) => [state, attempts]);
  }

  async gallerySize(): Promise<number> {
    return ((await this.ann.get(`${BASE}/user-images`)).body['pagination'] as { total: number }).total;
  }

  async pid(process: string): Promise<number> {
    return Number(await readFile(join(this.dataDir, 'run', `${process}.pid`), 'utf8'));
  }
}

describe('with the sandbox as the model', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.set({ ACK_WAIT_SECONDS: '12' });
  }, 3 * A_MINUTE);

  afterAll(() => stage.clear(), A_MINUTE);

  it('a refusal is an answer, and its job says so', async () => {
    const { status, body } = await stage.shot('[fail:refused]');
    expect([status, body['success'], body['code'], body['retryable']]).toEqual([422, false, 'refused', false]);
    const accepted = await stage.shot('[fail:refused]', { prefer: 'respond-async' });
    const { id } = accepted.body['job'] as Body;
    expect((await stage.steps(id)).at(-1)?.[0]).toBe('refused');
    expect(await stage.job(id)).toMatchObject({ state: 'refused', error: { stage: 'generation', code: 'refused' }, image: null });
    expect(await stage.gallerySize()).toBe(0);
  });

  it('a model that is away for a while is asked again', async () => {
    const started = Date.now();
    const { status, body } = await stage.shot('[fail:503x2]');
    const waited = Date.now() - started;
    expect([status, body['provider']]).toEqual([200, 'sandbox']);
    expect(waited).toBeGreaterThanOrEqual(5_900);
    // by its delays of 1 and 5 s, not by the acknowledgement wait
    expect(waited).toBeLessThan(11_500);
    expect(await stage.steps(body['mongo_id'])).toEqual([
      ['queued', 0],
      ['generating', 1],
      ['generating', 2],
      ['generating', 3],
      ['storing', 0],
      ['cataloging', 0],
      ['succeeded', 0],
    ]);
  }, 20_000);

  it(
    'a crash in the middle of a job is mended, and the picture is made once',
    async () => {
      const [pid, events, pictures] = [await stage.pid('generation-1'), await stage.nats.events(), await stage.gallerySize()];
      const { status, body } = await stage.shot('[fail:crash]');
      expect(status).toBe(200);
      expect(await stage.pid('generation-1')).not.toBe(pid);
      expect(stage.facet.log()).toContain('generation-1 ended (signal SIGKILL)');
      const states = await stage.steps(body['mongo_id']);
      expect(states.filter(([state]) => state === 'generating')).toEqual([
        ['generating', 1],
        ['generating', 2],
      ]);
      expect(await stage.gallerySize()).toBe(pictures + 1);
      const made = ['image.requested', 'image.generated', 'image.stored', 'image.cataloged'];
      expect(await stage.nats.events()).toEqual({ ...events, ...Object.fromEntries(made.map((name) => [name, (events[name] ?? 0) + 1])) });
    },
    A_MINUTE,
  );

  it.each(['generation-1', 'media-1', 'catalog-1', 'gateway-1', 'nats-1'])(
    '%s is started again when it is killed, and then all works',
    async (name) => {
      const [pid, pictures] = [await stage.pid(name), await stage.gallerySize()];
      process.kill(pid, 'SIGKILL');
      await waitFor(async () => (await stage.pid(name)) !== pid, { timeoutMs: 15_000, what: `another ${name}` });
      // a client does as it is told: it tries again while the answer says that this may help
      const key = { 'idempotency-key': `after the end of ${name}` };
      const answer = await waitFor(
        async () => {
          const tried = await stage.shot('again', key);
          return tried.body['retryable'] === true ? null : tried;
        },
        { timeoutMs: 30_000, intervalMs: 200, what: 'an answer that is final' },
      );
      expect([answer.status, answer.body['success']]).toEqual([200, true]);
      expect(await stage.gallerySize()).toBe(pictures + 1);
    },
    A_MINUTE,
  );

  it('every line of a job carries its ids, in every service', async () => {
    const request_id = 'one-job-in-the-log';
    const { body } = await stage.shot('once more', { 'x-request-id': request_id });
    const image_id = body['mongo_id'];
    const ofJob = await waitFor(
      () => {
        const lines = stage.facet.logLines().filter((line) => line['image_id'] === image_id || line['request_id'] === request_id);
        return lines.some(({ msg }) => msg === 'request') && lines.some(({ msg }) => msg === 'picture cataloged') ? lines : null;
      },
      { what: "the job's last lines" },
    );
    expect(ofJob.map((line) => [line['request_id'], line['image_id']])).toEqual(ofJob.map(() => [request_id, image_id]));
    expect(new Set(ofJob.map(({ service }) => service))).toEqual(new Set(['gateway', 'generation', 'media', 'catalog']));
  });

  it('no line tells a prompt, a password or a token', async () => {
    const password = 'correct horse battery';
    const { body } = await new Api(stage.facet.url).json('/auth/login', { email: 'ann@example.com', password });
    const refreshed = await new Api(stage.facet.url).json('/auth/refresh', { refresh_token: body['refresh_token'] });
    expect(refreshed.status).toBe(200);
    expect(stage.facet.logLines().length).toBeGreaterThan(50);
    const secrets = [WORD, password, stage.ann.token, body['access_token'], body['refresh_token'], refreshed.body['refresh_token']];
    expect(secrets.filter((secret) => stage.facet.log().includes(String(secret)))).toEqual([]);
  });
});

describe('with a slow model and a gateway that does not wait for it', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.set({ WAIT_SECONDS: '1', SANDBOX_LATENCY_MS: '3000' });
  }, 3 * A_MINUTE);

  afterAll(() => stage.clear(), A_MINUTE);

  it('a request is answered with its job, which can be asked for until it has ended', async () => {
    const started = Date.now();
    const { status, headers, body } = await stage.shot('slowly');
    expect(Date.now() - started).toBeGreaterThanOrEqual(1_000);
    const { id, state } = body['job'] as Body;
    expect({ status, location: headers.get('location'), success: body['success'], state }).toEqual({
      status: 202,
      location: `/jobs/${String(id)}`,
      success: true,
      state: 'generating',
    });
    const job = await waitFor(
      async () => {
        const asked = await stage.job(id);
        return asked['state'] === 'succeeded' ? asked : null;
      },
      { intervalMs: 200, what: 'the job to succeed' },
    );
    expect(job).toMatchObject({ id, error: null, image: { id, type: 'white_background' } });
    expect(await stage.gallerySize()).toBe(1);
  }, 20_000);
});
