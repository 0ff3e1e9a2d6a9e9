import { resultBlobName } from '@facet/contracts';
import { cloudinaryDoes, type CloudinaryBehaviour } from '@facet/testing';
import { ProviderStage, type Traces } from './support/provider-stage';

const A_MINUTE = 60_000;

let stage: ProviderStage;
let before: Traces;

const ONE_PICTURE = { records: 1, assets: 2, results: 1, deadLetters: 0 };

/** The picture itself is kept for a day, so that a dead letter can be tried again without another call of the model. */
const GIVEN_UP = { records: 0, assets: 0, results: 1, deadLetters: 1 };

const callsOf = (kind: string): number => stage.cloudinary.calls.filter((call) => call.kind === kind).length;

const soon = (): Date => new Date(Date.now() + 2_000);

beforeAll(async () => {
  stage = await ProviderStage.set({ JOB_DEADLINE_SECONDS: '5' }, ['--scale', 'media=2']);
}, 3 * A_MINUTE);

beforeEach(async () => {
  stage.gemini.reset();
  stage.cloudinary.reset();
  before = await stage.traces();
});

afterAll(() => stage.clear(), A_MINUTE);

describe('what passes by waiting costs a client nothing but time, and the model is not asked again', () => {
  it.each<[string, () => CloudinaryBehaviour, number]>([
    ['500', () => cloudinaryDoes.serverError(), 3],
    ['420', () => cloudinaryDoes.rateLimited(420, soon()), 3],
    ['429', () => cloudinaryDoes.rateLimited(429, soon()), 3],
    ['a page where JSON should be', () => cloudinaryDoes.htmlPage(), 3],
    ['a connection that is dropped', () => cloudinaryDoes.dropped(), 3],
    ['an answer that is lost after the work was done', () => cloudinaryDoes.answerLost(), 3],
    ['an answer that is slow', () => cloudinaryDoes.slow(1_500), 2],
  ])(
    '%s',
    async (_what, behaviour, leastUploads) => {
      stage.cloudinary.script(behaviour());
      const { status, body } = await stage.shot();
      expect([status, body['success']]).toEqual([200, true]);
      expect(stage.gemini.calls).toHaveLength(1);
      expect(callsOf('upload')).toBeGreaterThanOrEqual(leastUploads);
      expect(callsOf('upload')).toBeLessThanOrEqual(4);
      expect(await stage.tracesSince(before)).toEqual(ONE_PICTURE);
    },
    30_000,
  );
});

describe('what does not pass by waiting is final, and nothing of the job stays at Cloudinary', () => {
  it.each<[string, CloudinaryBehaviour, string]>([
    ['a wrong secret', cloudinaryDoes.unauthorized(), 'CLOUDINARY_URL'],
    ['a key without the right', cloudinaryDoes.forbidden(), 'CLOUDINARY_URL'],
    ['a cloud that there is not', cloudinaryDoes.unknownCloud('nowhere'), 'CLOUDINARY_URL'],
    ['a bad request', cloudinaryDoes.badRequest(), 'Cloudinary'],
  ])('%s, also when one of two uploads went well', async (_what, behaviour, words) => {
    stage.cloudinary.script(behaviour);
    const { status, body } = await stage.shot();
    expect([status, body['success'], body['code'], body['retryable']]).toEqual([502, false, 'storage_failed', false]);
    expect(body['error']).toContain(words);
    expect(stage.gemini.calls).toHaveLength(1);
    expect(await stage.tracesSince(before)).toEqual(GIVEN_UP);
    expect([callsOf('upload'), callsOf('destroy')]).toEqual([2, 2]);
  });

  it(
    'a store that stays away is told as such when the job ends, and a repeat finds the picture that was paid for',
    async () => {
      const key = { 'idempotency-key': 'until it is stored' };
      stage.cloudinary.script(...Array.from({ length: 40 }, () => cloudinaryDoes.serverError()));
      const { status, body } = await stage.shot(key);
      expect([status, body['code'], body['retryable']]).toEqual([502, 'storage_failed', true]);
      expect(stage.gemini.calls).toHaveLength(1);
      expect(await stage.tracesSince(before)).toEqual(GIVEN_UP);
      stage.cloudinary.reset();
      expect((await stage.shot(key)).status).toBe(200);
      expect(stage.gemini.calls).toHaveLength(1);
    },
    A_MINUTE,
  );
});

describe('a regeneration', () => {
  it("works from the parent's bytes as long as they are here", async () => {
    const { body } = await stage.shot();
    const { status, body: child } = await stage.regenerate(body['mongo_id'], 'brighter');
    expect([status, child['parent_image_id']]).toEqual([200, body['mongo_id']]);
    expect(callsOf('delivery')).toBe(0);
    expect(stage.gemini.calls[1]?.parts).toHaveLength(3);
    // the uploads are the first picture's
    expect(await stage.tracesSince(before)).toEqual({ ...ONE_PICTURE, records: 2, assets: 3, results: 2 });
  });

  it('has them downloaded once, whoever asks, at two replicas at the same moment', async () => {
    const { body } = await stage.shot();
    await stage.nats.deleteBlob(resultBlobName(String(body['mongo_id'])));
    const words = ['brighter', 'warmer', 'darker', 'sharper'];
    const children = await Promise.all(words.map((word) => stage.regenerate(body['mongo_id'], word)));
    expect(children.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(callsOf('delivery')).toBe(1);
  });

  it.each<[string, CloudinaryBehaviour]>([
    ['answers with an error once', cloudinaryDoes.serverError()],
    ['breaks off in the middle', cloudinaryDoes.dropped()],
    ['is slow', cloudinaryDoes.slow(1_500)],
  ])('goes on when the delivery %s', async (_what, behaviour) => {
    const { body } = await stage.shot();
    await stage.nats.deleteBlob(resultBlobName(String(body['mongo_id'])));
    stage.cloudinary.scriptDelivery(behaviour);
    const { status } = await stage.regenerate(body['mongo_id'], 'brighter');
    expect(status).toBe(200);
    expect(stage.gemini.calls).toHaveLength(2);
    expect(await stage.tracesSince(before)).toEqual({ ...ONE_PICTURE, records: 2, assets: 3, results: 2 });
  });

  it.each<[string, CloudinaryBehaviour]>([
    ['a redirect', cloudinaryDoes.redirect('http://169.254.169.254/latest/meta-data')],
    ['a body that is too large', cloudinaryDoes.oversized(30_000_000)],
    ['a body that is no picture', cloudinaryDoes.notAnImage()],
  ])('is refused, and the refusal logged, when the delivery is %s', async (_what, behaviour) => {
    const refusals = stage.facet.timesLogged('stored picture refused');
    const { body } = await stage.shot();
    await stage.nats.deleteBlob(resultBlobName(String(body['mongo_id'])));
    stage.cloudinary.scriptDelivery(behaviour);
    const { status, body: answer } = await stage.regenerate(body['mongo_id'], 'brighter');
    expect([status, answer['code'], answer['retryable']]).toEqual([502, 'storage_failed', false]);
    expect(stage.gemini.calls).toHaveLength(1);
    await stage.facet.logged('stored picture refused', refusals + 1);
    expect(await stage.tracesSince(before)).toEqual({ records: 1, assets: 2, results: 0, deadLetters: 1 });
  });

  it('of a picture that is no longer there is refused before the model is asked', async () => {
    const { body } = await stage.shot();
    await stage.nats.deleteBlob(resultBlobName(String(body['mongo_id'])));
    stage.cloudinary.reset();
    stage.gemini.reset();
    const { status, body: answer } = await stage.regenerate(body['mongo_id'], 'brighter');
    expect([status, answer['code'], answer['retryable']]).toEqual([502, 'storage_failed', false]);
    expect(stage.gemini.calls).toHaveLength(0);
  });
});

it('no line of the log tells the key or the secret', () => {
  const [, key = '', secret = ''] = /cloudinary:\/\/([^:]+):([^@]+)@/.exec(stage.cloudinary.url) ?? [];
  expect([key, secret].map((text) => text.length > 5)).toEqual([true, true]);
  expect([key, secret].filter((text) => stage.facet.log().includes(text))).toEqual([]);
});
