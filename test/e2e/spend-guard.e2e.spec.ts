import { gemini, waitFor } from '@facet/testing';
import { Api } from './support/api';
import { ProviderStage } from './support/provider-stage';

const A_MINUTE = 60_000;

describe('limits of a user', () => {
  let stage: ProviderStage;

  beforeAll(async () => {
    stage = await ProviderStage.set({ USER_MAX_PENDING_JOBS: '2', USER_MAX_JOBS_PER_DAY: '4' });
  }, 3 * A_MINUTE);

  afterAll(() => stage.clear(), A_MINUTE);

  it('no more pictures are in the making than may be, and there is room again when one is finished', async () => {
    stage.gemini.usually(gemini.slow(2_000));
    const orders = [await stage.order(), await stage.order()];
    const { status, headers, body } = await stage.shot();
    expect([status, headers.get('retry-after'), body['code'], body['retryable']]).toEqual([429, '10', 'too_many_pending_jobs', true]);
    expect(body['error']).toContain('2 of your pictures');
    await Promise.all(orders.map((id) => stage.ann.events(`/jobs/${id}/events`)));
    stage.gemini.reset();
    expect((await stage.shot()).status).toBe(200);
  }, 30_000);

  it('no more are asked for in a day than may be; a repeat of a request is not one more', async () => {
    const key = { 'idempotency-key': 'the fourth' };
    const [fourth, repeat] = [await stage.shot(key), await stage.shot(key)];
    expect([fourth.status, repeat.status, repeat.body['mongo_id']]).toEqual([200, 200, fourth.body['mongo_id']]);
    const calls = stage.gemini.calls.length;
    const { status, headers, body } = await stage.shot();
    expect([status, body['code'], body['retryable']]).toEqual([429, 'daily_limit_reached', true]);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(24 * 3_600);
    expect((await stage.regenerate(fourth.body['mongo_id'], 'brighter')).status).toBe(429);
    expect(stage.gemini.calls).toHaveLength(calls);
    const bea = await Api.as(stage.facet.url, 'bea@example.com');
    expect((await stage.shot({}, bea)).status).toBe(200);
  }, 30_000);
});

describe('limits of the account', () => {
  let stage: ProviderStage;

  beforeAll(async () => {
    stage = await ProviderStage.set({ GEMINI_MAX_CONCURRENT: '2', GEMINI_MAX_PER_MINUTE: '5' }, ['--scale', 'generation=2']);
  }, 3 * A_MINUTE);

  afterAll(() => stage.clear(), A_MINUTE);

  it(
    'no more calls run at once, and no more begin in a minute, than may, over two replicas',
    async () => {
      stage.gemini.usually(gemini.slow(700));
      const orders = [];
      for (let n = 0; n < 8; n += 1) {
        orders.push(await stage.order());
      }
      await waitFor(async () => (await stage.nats.events())['image.cataloged'] === 5, { timeoutMs: 20_000, what: 'five pictures' });
      const begun = stage.gemini.calls.map(({ at }) => at);
      expect(begun).toHaveLength(5);
      // the third call may begin when the first has had its 700 ms
      expect(begun.slice(2).every((at, n) => at - (begun[n] ?? 0) >= 690)).toBe(true);
      const states = await Promise.all(orders.map(async (id) => (await stage.job(id))['state']));
      expect(states.filter((state) => state === 'succeeded')).toHaveLength(5);
      expect(states.filter((state) => state === 'generating' || state === 'queued')).toHaveLength(3);
      await stage.facet.logged('the calls of this minute are used up, waiting');
    },
    A_MINUTE,
  );

  it('a stop does not wait for the minute to pass', async () => {
    expect(await stage.facet.stop()).toBeLessThan(8_000);
  }, 30_000);
});

describe('with the local studio as the stand-in', () => {
  let stage: ProviderStage;

  beforeAll(async () => {
    stage = await ProviderStage.set({ GENERATION_FALLBACK: 'local' });
  }, 3 * A_MINUTE);

  beforeEach(() => {
    stage.gemini.reset();
  });

  afterAll(() => stage.clear(), A_MINUTE);

  it(
    'a picture that Gemini cannot make now is made here, after the retries, and marked on answer and record',
    async () => {
      stage.gemini.script(gemini.overloaded(), gemini.serverError(), gemini.resetInBody());
      const { status, body } = await stage.shot();
      expect([status, body['provider'], body['fallback']]).toEqual([200, 'local', true]);
      expect(body['notes']).toContain('Made by the local studio, as the image model was not available.');
      expect(await stage.newest()).toMatchObject({ id: body['mongo_id'], provider: 'local', fallback: true });
      expect(stage.gemini.calls).toHaveLength(3);
      expect(await stage.traces()).toMatchObject({ records: 1, assets: 2, deadLetters: 0 });
    },
    A_MINUTE,
  );

  it(
    'a picture that Gemini refuses is not made here either',
    async () => {
      stage.gemini.script(gemini.blocked('PROHIBITED_CONTENT'));
      const { status, body } = await stage.shot();
      expect([status, body['code']]).toEqual([422, 'refused']);
      expect(stage.gemini.calls).toHaveLength(1);
      expect(await stage.traces()).toMatchObject({ records: 1, assets: 2, deadLetters: 0 });
    },
    A_MINUTE,
  );
});
