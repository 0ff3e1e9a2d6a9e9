import { connectNats } from '@facet/messaging';
import { FacetError, Metrics } from '@facet/platform';
import { gemini, GeminiDouble, startNats, waitFor, type RunningNats } from '@facet/testing';
import type { NatsConnection } from '@nats-io/transport-node';
import { GeminiImageModel } from '../gemini/gemini-image-model';
import type { ImageModel } from '../model/image-model';
import { aGenerationRequest, itKeepsTheModelContract } from '../model/image-model.contract';
import { SandboxModel } from '../sandbox/sandbox-model';
import { CallBudget } from './call-budget';
import { FallbackModel } from './fallback-model';
import { GuardedModel } from './guarded-model';

const never = new AbortController().signal;
let nats: RunningNats;
let connection: NatsConnection;
let double: GeminiDouble;
let metrics: Metrics;
let guarded: GuardedModel;

async function failureOf(model: ImageModel, attempt = 1): Promise<FacetError> {
  const outcome = await model.generate(await aGenerationRequest({ attempt }), never).catch((error: unknown) => error);
  if (outcome instanceof FacetError) {
    return outcome;
  }
  throw new Error('that was no failure');
}

const callsByOutcome = async (): Promise<Record<string, number>> => {
  const counter = await metrics.registry.getSingleMetric('facet_model_calls_total')?.get();
  return Object.fromEntries((counter?.values ?? []).map(({ labels, value }) => [String(labels['outcome']), value]));
};

beforeAll(async () => {
  nats = await startNats();
  connection = await connectNats(nats.url, 'test');
  double = await GeminiDouble.start();
}, 60_000);

beforeEach(async () => {
  double.reset();
  metrics = new Metrics();
  const model = new GeminiImageModel({ apiKey: double.key, model: 'gemini-nano-banana-2.1', baseUrl: double.url, timeoutMs: 1_000 });
  guarded = new GuardedModel(model, await CallBudget.open(connection, 10_000, never), 0, never, metrics);
});

afterAll(async () => {
  await double.stop();
  await connection.close();
  await nats.stop();
});

describe('GuardedModel', () => {
  itKeepsTheModelContract(() => guarded);

  it('asks again at once, twice, for what may pass at once', async () => {
    double.script(gemini.overloaded(), gemini.resetInBody());
    expect(await guarded.generate(await aGenerationRequest(), never)).toMatchObject({ provider: 'gemini' });
    expect(double.calls).toHaveLength(3);
    expect(await callsByOutcome()).toEqual({ outage: 2, picture: 1 });
  }, 15_000);

  it('waits for as long as a short delay of the service says', async () => {
    double.script(gemini.tooManyRequests('4s'));
    await guarded.generate(await aGenerationRequest(), never);
    const [first, second] = double.calls;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(3_990);
  }, 15_000);

  it('leaves a long delay to the event log', async () => {
    double.script(gemini.tooManyRequests('22s'));
    expect(await failureOf(guarded)).toMatchObject({ retryable: true, details: { retry_after_ms: 22_000 } });
    expect(double.calls).toHaveLength(1);
  });

  it.each([
    ['a refusal', gemini.finished('IMAGE_SAFETY')],
    ['a bad argument', gemini.badArgument()],
    ['a wrong key', gemini.badKey()],
    ['a time-out', gemini.slow(5_000)],
    ['an unusable answer, which may have been paid', gemini.notAPicture()],
  ])('does not ask again at once after %s', async (_what, behaviour) => {
    double.script(behaviour);
    await failureOf(guarded);
    expect(double.calls).toHaveLength(1);
  });

  it('gives a job up that has had five unusable answers', async () => {
    double.usually(gemini.textOnly());
    const failures = [];
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      failures.push(await failureOf(guarded, attempt));
    }
    expect(failures.map(({ retryable }) => retryable)).toEqual([true, true, true, true, false]);
  });

  it('leaves a service alone that fails for everybody, and asks again after a while', async () => {
    const requests = Array.from({ length: 10 }, () => 0);
    double.usually(gemini.overloaded());
    const failures = await Promise.all(requests.map(() => failureOf(guarded)));
    expect(failures.map(({ code, retryable }) => [code, retryable])).toEqual(requests.map(() => ['unavailable', true]));
    // ten were under way when the breaker opened; of the twenty quick retries one at a time went out to see
    expect(double.calls.length).toBeGreaterThanOrEqual(10);
    expect(double.calls.length).toBeLessThan(15);
    double.usually(gemini.picture());
    const request = await aGenerationRequest();
    await waitFor(() => guarded.generate(request, never).catch(() => null), { what: 'the breaker to close' });
  }, 30_000);
});

describe('FallbackModel', () => {
  const withStandIn = (): FallbackModel => new FallbackModel(guarded, new SandboxModel(0));

  itKeepsTheModelContract(withStandIn);

  it.each([
    ['is overloaded', [gemini.overloaded(), gemini.overloaded(), gemini.overloaded()]],
    ['takes no more requests', [gemini.tooManyRequests('22s')]],
    ['takes too long', [gemini.slow(5_000)]],
    ['does not accept the key', [gemini.badKey()]],
    ['has retired the model', [gemini.modelGone()]],
  ])(
    'lets the stand-in make the picture when the service %s, and marks it',
    async (_what, script) => {
      double.script(...script);
      const made = await withStandIn().generate(await aGenerationRequest(), never);
      expect(made).toMatchObject({ provider: 'sandbox', fallback: true });
      expect(made.notes[0]).toMatch(/^Made by the local studio/);
      expect(double.calls).toHaveLength(script.length);
    },
    15_000,
  );

  it.each([
    ['refused', gemini.blocked('PROHIBITED_CONTENT'), 'refused'],
    ['did not accept', gemini.badArgument(), 'model_failed'],
    ['answered with something else than', gemini.textOnly(), 'model_failed'],
  ])('does not make what the service %s the picture', async (_what, behaviour, code) => {
    double.script(behaviour);
    expect(await failureOf(withStandIn())).toMatchObject({ code });
  });

  it('is ready whatever the service answers, and tells what it is', async () => {
    const broken = new GeminiImageModel({ apiKey: 'wrong', model: 'm', baseUrl: double.url, timeoutMs: 1_000 });
    const facts = await new FallbackModel(broken, new SandboxModel(0)).check();
    expect(facts).toMatchObject({ answers: false, fallback: 'sandbox', reason: expect.stringContaining('GOOGLE_API_KEY') as string });
  });
});
