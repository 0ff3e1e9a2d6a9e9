import { gemini, type GeminiBehaviour } from '@facet/testing';
import { ProviderStage, type Traces } from './support/provider-stage';

const A_MINUTE = 60_000;

let stage: ProviderStage;
let before: Traces;

/** What one job adds to the traces when it makes a picture, and when it makes none. */
const ONE_PICTURE = { records: 1, assets: 2, results: 1, deadLetters: 0 };
const NOTHING = { records: 0, assets: 0, results: 0, deadLetters: 0 };
const A_DEAD_LETTER = { ...NOTHING, deadLetters: 1 };

beforeAll(async () => {
  stage = await ProviderStage.set({ GEMINI_TIMEOUT_SECONDS: '2', GEMINI_TEMPERATURE: '0.4', JOB_DEADLINE_SECONDS: '6' });
}, 3 * A_MINUTE);

beforeEach(async () => {
  stage.gemini.reset();
  before = await stage.traces();
});

afterAll(() => stage.clear(), A_MINUTE);

describe('with both accounts', () => {
  it('a picture is made by one call, kept at Cloudinary, and remembered with how it was made', async () => {
    const { status, body } = await stage.shot();
    const id = String(body['mongo_id']);
    expect(status).toBe(200);
    const made = { provider: 'gemini', model: 'gemini-nano-banana-2.1', fallback: false };
    expect(body).toMatchObject({ success: true, ...made, notes: [] });
    const usage = { total_tokens: expect.any(Number) as number };
    const facts = { id, ...made, settings: { temperature: 0.4 }, usage, duration_ms: expect.any(Number) as number };
    expect(await stage.newest()).toMatchObject(facts);
    expect(stage.gemini.calls).toHaveLength(1);
    expect(await stage.tracesSince(before)).toEqual(ONE_PICTURE);
    const [result, source] = [...stage.cloudinary.assets.keys()].sort();
    expect(result).toMatch(new RegExp(`^facet/[^/]+/${id}$`));
    expect(source).toBe(`${String(result)}-ornament-0`);
    expect((await stage.ann.picture(body['generated_image_url'])).length).toBeGreaterThan(0);
    expect((await stage.ann.picture(body['uploaded_image_url'])).length).toBeGreaterThan(0);
  });

  it('several pictures are sent with their roles', async () => {
    await stage.ann.form('/imgbackendapp/generate-campaign-shot', [
      ['ornament_images', { photo: '01-solitaire-ring-studio-sweep.jpg' }],
      ['ornament_images', { photo: '08-flower-brooch-white.jpg' }],
      ['theme_images', { photo: '04-drop-earrings-marble.jpg' }],
      ['ornament_names', 'Ring'],
      ['prompt', 'An evening by the sea'],
      ['model_type', 'ai_model'],
    ]);
    const texts = stage.gemini.calls[0]?.parts.flatMap((part) => ('text' in part ? [part.text] : []));
    expect(texts?.slice(1)).toEqual(['Picture 1, ornament 1 "Ring":', 'Picture 2, ornament 2:', 'Picture 3, theme:']);
    expect(texts?.[0]).toContain('An evening by the sea');
  });
});

describe('what passes by waiting costs a client nothing but time', () => {
  it.each<[string, GeminiBehaviour]>([
    ['429', gemini.tooManyRequests('1s')],
    ['500', gemini.serverError()],
    ['503', gemini.overloaded()],
    ['504', gemini.deadlineExceeded()],
    ['a connection that is reset', gemini.resetBeforeAnswer()],
    ['a connection that is reset in the middle of the body', gemini.resetInBody()],
    ['JSON that is cut off', gemini.truncatedJson()],
    ['a picture that is none', gemini.notAPicture()],
    ['a picture of an unknown format', gemini.unknownFormat()],
    ['words without a picture', gemini.textOnly()],
    ['an empty answer', gemini.noCandidates()],
    ['an answer that takes too long', gemini.slow(30_000)],
  ])(
    '%s',
    async (_what, behaviour) => {
      stage.gemini.script(behaviour);
      const { status, body } = await stage.shot();
      expect([status, body['provider'], body['fallback']]).toEqual([200, 'gemini', false]);
      expect(stage.gemini.calls).toHaveLength(2);
      expect(await stage.tracesSince(before)).toEqual(ONE_PICTURE);
    },
    30_000,
  );
});

describe('a refusal is final', () => {
  it.each<[string, string, GeminiBehaviour]>([
    ...['SAFETY', 'PROHIBITED_CONTENT', 'BLOCKLIST', 'IMAGE_SAFETY', 'OTHER'].map((reason): [string, string, GeminiBehaviour] => [
      'request',
      reason,
      gemini.blocked(reason),
    ]),
    ...['SAFETY', 'IMAGE_SAFETY', 'PROHIBITED_CONTENT', 'RECITATION', 'NO_IMAGE', 'IMAGE_OTHER', 'OTHER'].map(
      (reason): [string, string, GeminiBehaviour] => ['picture that was made', reason, gemini.finished(reason)],
    ),
  ])('of the %s for %s', async (side, reason, behaviour) => {
    stage.gemini.script(behaviour);
    const { status, body } = await stage.shot();
    expect([status, body['success'], body['code'], body['retryable']]).toEqual([422, false, 'refused', false]);
    expect(body['error']).toMatch(new RegExp(`^The ${side} was refused: .+ \\(${reason}\\)\\.`));
    expect(stage.gemini.calls).toHaveLength(1);
    expect(await stage.tracesSince(before)).toEqual(NOTHING);
  });

  it('and its job says so', async () => {
    stage.gemini.script(gemini.blocked('SAFETY'));
    const id = await stage.order();
    await stage.ann.events(`/jobs/${id}/events`);
    expect(await stage.job(id)).toMatchObject({ state: 'refused', error: { stage: 'generation', code: 'refused' }, image: null });
  });
});

describe('what does not pass by waiting is final at the first call', () => {
  it.each<[string, GeminiBehaviour, string]>([
    ['a bad argument', gemini.badArgument(), 'did not accept'],
    ['an unknown key', gemini.badKey(), 'GOOGLE_API_KEY'],
    ['a suspended key, which Google repeats', gemini.forbidden(), 'GOOGLE_API_KEY'],
    ['an account without billing', gemini.billing(), 'GOOGLE_API_KEY'],
    ['a model that was retired', gemini.modelGone(), 'GEMINI_MODEL'],
  ])('%s', async (_what, behaviour, words) => {
    stage.gemini.script(behaviour);
    const { status, body } = await stage.shot();
    expect([status, body['success'], body['code'], body['retryable']]).toEqual([502, false, 'model_failed', false]);
    expect(body['error']).toContain(words);
    expect(stage.gemini.calls).toHaveLength(1);
    expect(await stage.tracesSince(before)).toEqual(A_DEAD_LETTER);
  });
});

describe('at the end of a job that nothing can be made of', () => {
  const key = { 'idempotency-key': 'until it is made' };

  it(
    'a service that stays away is told as 503, with when to come again',
    async () => {
      stage.gemini.usually(gemini.overloaded());
      const { status, headers, body } = await stage.shot(key);
      expect([status, body['code'], body['retryable']]).toEqual([503, 'unavailable', true]);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      // five to open the breaker; then one at a time, after 1 to 30 s that grow, for three deliveries that wait for the job's 6 s each
      expect(stage.gemini.calls.length).toBeGreaterThanOrEqual(5);
      expect(stage.gemini.calls.length).toBeLessThanOrEqual(20);
      expect(await stage.tracesSince(before)).toEqual(A_DEAD_LETTER);
      await stage.facet.logged('circuit breaker open: the image model is left alone');
    },
    A_MINUTE,
  );

  it(
    'a service that comes back is used again, by a repeat of the very same request too, which makes one picture',
    async () => {
      const [one, other] = await Promise.all([stage.shot(key), stage.shot(key)]);
      expect([one.status, other.status, other.body['mongo_id']]).toEqual([200, 200, one.body['mongo_id']]);
      expect(stage.gemini.calls).toHaveLength(1);
      expect(await stage.tracesSince(before)).toEqual(ONE_PICTURE);
      await stage.facet.logged('circuit breaker closed: the image model answers again');
    },
    A_MINUTE,
  );

  it('no line of the log tells the key or the prompt', () => {
    const lines = stage.facet.logLines();
    expect(lines.length).toBeGreaterThan(100);
    expect([stage.gemini.key, 'soft glow', 'evening by the sea'].filter((secret) => stage.facet.log().includes(secret))).toEqual([]);
  });
});
