import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import type { FacetError } from '@facet/platform';
import { gemini, GeminiDouble, type GeminiBehaviour } from '@facet/testing';
import sharp from 'sharp';
import { aGenerationRequest, itKeepsTheModelContract } from '../model/image-model.contract';
import { isMisconfiguration, troubleOf } from '../model/model-errors';
import { GeminiImageModel } from './gemini-image-model';
import type { GeminiOptions } from './gemini-options';

let double: GeminiDouble;

const geminiWith = (options: Partial<GeminiOptions> = {}): GeminiImageModel =>
  new GeminiImageModel({
    ...{ apiKey: double.key, model: 'gemini-nano-banana-2.1', baseUrl: double.url, timeoutMs: 5_000 },
    ...options,
  });
const forever = (): AbortSignal => new AbortController().signal;

/** The error that one call ends with. */
async function failureOf(model: GeminiImageModel, signal = forever()): Promise<FacetError> {
  const request = await aGenerationRequest();
  return model.generate(request, signal).then(
    () => {
      throw new Error('there was a picture');
    },
    (error: unknown) => error as FacetError,
  );
}

beforeAll(async () => {
  double = await GeminiDouble.start();
});
beforeEach(() => {
  double.reset();
});
afterAll(() => double.stop());

describe('GeminiImageModel', () => {
  itKeepsTheModelContract(() => geminiWith());
});

describe('a request', () => {
  it('holds the prompt, every picture behind its label, and the settings', async () => {
    const request = await aGenerationRequest();
    const [photo] = request.pictures;
    const pictures = ['ornament 1 "Ring"', 'ornament 2', 'model', 'theme'].flatMap((label) => (photo ? [{ ...photo, label }] : []));
    const made = await geminiWith({ temperature: 0.4, imageSize: '2K' }).generate({ ...request, pictures }, forever());
    const [call] = double.calls;
    const texts = call?.parts.map((part) => ('text' in part ? part.text : part.mime));
    expect(texts).toEqual([
      ...['Make a studio product photograph.', 'Picture 1, ornament 1 "Ring":', 'image/jpeg', 'Picture 2, ornament 2:', 'image/jpeg'],
      ...['Picture 3, model:', 'image/jpeg', 'Picture 4, theme:', 'image/jpeg'],
    ]);
    expect(call?.generationConfig).toEqual({ responseModalities: ['TEXT', 'IMAGE'], temperature: 0.4, imageConfig: { imageSize: '2K' } });
    expect(made).toMatchObject({ provider: 'gemini', model: 'gemini-nano-banana-2.1', settings: { temperature: 0.4, image_size: '2K' } });
    expect(made.usage).toMatchObject({ total_tokens: expect.any(Number) as number });
  });

  it('for a transparent background says that white was asked for; a regeneration has nothing to say of it', async () => {
    const request = await aGenerationRequest({ options: { background_color: 'Transparent' } });
    const pictures = request.pictures.map((photo) => ({ ...photo, role: 'parent' as const }));
    expect((await geminiWith().generate(request, forever())).notes).toEqual([expect.stringContaining('transparent')]);
    expect((await geminiWith().generate({ ...request, pictures }, forever())).notes).toEqual([]);
  });

  it('is made to fit when its pictures are too large together', async () => {
    const request = await aGenerationRequest();
    const bytes = await sharp(randomBytes(3_000 * 2_000 * 3), { raw: { width: 3_000, height: 2_000, channels: 3 } })
      .png()
      .toBuffer();
    const large = { role: 'ornament' as const, label: 'ornament', mime: 'image/png' as const, width: 3_000, height: 2_000, bytes };
    await geminiWith().generate({ ...request, pictures: [large, large] }, forever());
    const sent = double.calls[0]?.parts.filter((part) => 'mime' in part);
    expect(sent).toMatchObject([
      { mime: 'image/webp', width: 2_048 },
      { mime: 'image/webp', width: 2_048 },
    ]);
  });

  it('is answered with the picture, not with a draft of it', async () => {
    double.script(gemini.drafts());
    expect(await geminiWith().generate(await aGenerationRequest(), forever())).toMatchObject({ width: 80 });
  });

  it('takes a picture for what it is, whatever the answer says', async () => {
    double.script(gemini.wrongMime());
    expect(await geminiWith().generate(await aGenerationRequest(), forever())).toMatchObject({ mime: 'image/webp' });
  });
});

describe('what may pass is retryable, and the trouble is told', () => {
  it.each<[string, GeminiBehaviour, string, string]>([
    ['500', gemini.serverError(), 'unavailable', 'outage'],
    ['503', gemini.overloaded(), 'unavailable', 'outage'],
    ['504', gemini.deadlineExceeded(), 'unavailable', 'outage'],
    ['a reset before the answer', gemini.resetBeforeAnswer(), 'unavailable', 'outage'],
    ['a reset in the body', gemini.resetInBody(), 'unavailable', 'outage'],
    ['429', gemini.tooManyRequests(), 'unavailable', 'rate_limit'],
    ['JSON that is cut off', gemini.truncatedJson(), 'model_failed', 'unusable'],
    ['bytes that are no picture', gemini.notAPicture(), 'model_failed', 'unusable'],
    ['a picture of a format that nobody asked for', gemini.unknownFormat(), 'model_failed', 'unusable'],
    ['words alone', gemini.textOnly(), 'model_failed', 'unusable'],
    ['nothing at all', gemini.noCandidates(), 'model_failed', 'unusable'],
  ])('%s', async (_what, behaviour, code, trouble) => {
    double.script(behaviour);
    const error = await failureOf(geminiWith());
    expect({ code: error.code, retryable: error.retryable, trouble: troubleOf(error) }).toEqual({ code, retryable: true, trouble });
    expect(double.calls).toHaveLength(1);
  });

  it('an answer that does not come in time', async () => {
    double.script(gemini.slow(10_000));
    const error = await failureOf(geminiWith({ timeoutMs: 200 }));
    expect([error.code, troubleOf(error)]).toEqual(['unavailable', 'timeout']);
  });

  it('a service that is not there at all', async () => {
    const error = await failureOf(geminiWith({ baseUrl: 'http://127.0.0.1:9' }));
    expect([error.code, troubleOf(error)]).toEqual(['unavailable', 'outage']);
  });

  it.each([
    ['22s', 22_000],
    ['0.5s', 500],
    ['', undefined],
  ])('429 with the delay "%s"', async (delay, milliseconds) => {
    double.script(gemini.tooManyRequests(delay));
    expect((await failureOf(geminiWith())).details['retry_after_ms']).toBe(milliseconds);
  });
});

describe('a setting that is wrong is named', () => {
  it.each<[string, GeminiBehaviour, string]>([
    ['an unknown key', gemini.badKey(), 'GOOGLE_API_KEY'],
    ['a blocked key', gemini.forbidden(), 'GOOGLE_API_KEY'],
    ['an account without billing', gemini.billing(), 'GOOGLE_API_KEY'],
    ['a model that was retired', gemini.modelGone(), 'GEMINI_MODEL'],
  ])('%s', async (_what, behaviour, variable) => {
    double.script(behaviour);
    const error = await failureOf(geminiWith());
    expect(error).toMatchObject({ code: 'model_failed', retryable: false, details: { variable } });
    expect([isMisconfiguration(error), error.message.includes(variable)]).toEqual([true, true]);
  });
});

it('what Google says of a key is kept, but for the key', async () => {
  double.script(gemini.forbidden(double.key));
  const error = await failureOf(geminiWith());
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(double.key);
  expect((error.cause as Error).message).toContain("Consumer 'api_key:[key]' has been suspended");
});

describe('what is refused or not accepted is final', () => {
  it.each([
    ['PROHIBITED_CONTENT', 'it may show what the model must not make'],
    ['SAFETY', "the model's safety rules do not allow it"],
    ['BLOCKLIST', 'it holds words that the model must not use'],
    ['IMAGE_SAFETY', "the model's safety rules do not allow it"],
    ['OTHER', 'the model gave no closer reason'],
    ['A_REASON_OF_TOMORROW', "the model's rules do not allow it"],
  ])('a request that is blocked for %s', async (reason, words) => {
    double.script(gemini.blocked(reason));
    const error = await failureOf(geminiWith());
    expect(error).toMatchObject({ code: 'refused', retryable: false, details: { side: 'request', reason } });
    expect(error.message).toBe(`The request was refused: ${words} (${reason}). Change the words, or use another photo.`);
  });

  it.each([
    ...['SAFETY', 'IMAGE_SAFETY', 'PROHIBITED_CONTENT', 'IMAGE_PROHIBITED_CONTENT', 'RECITATION', 'IMAGE_RECITATION'],
    ...['NO_IMAGE', 'IMAGE_OTHER', 'OTHER', 'BLOCKLIST', 'SPII', 'LANGUAGE'],
  ])('a picture that is withheld for %s', async (reason) => {
    double.script(gemini.finished(reason));
    const error = await failureOf(geminiWith());
    expect(error).toMatchObject({ code: 'refused', retryable: false, details: { side: 'picture', reason } });
    expect(error.message).toMatch(/^The picture that was made was refused: .+ Ask for it in other words\.$/);
  });

  it('a bad argument', async () => {
    double.script(gemini.badArgument());
    expect(await failureOf(geminiWith())).toMatchObject({ code: 'model_failed', retryable: false });
  });
});

describe('check', () => {
  it('tells of a key and a model that are accepted, and believes it for a while', async () => {
    const model = geminiWith();
    expect(await model.check()).toEqual({ provider: 'gemini', model: 'gemini-nano-banana-2.1', answers: true });
    await model.check();
    expect([double.probes, double.calls.length]).toEqual([1, 0]);
  });

  it.each([
    ['GOOGLE_API_KEY', { apiKey: 'wrong' }],
    ['GEMINI_MODEL', { model: 'gemini-of-yesterday' }],
  ])('names %s when it is wrong', async (variable, options) => {
    await expect(geminiWith(options).check()).rejects.toMatchObject({ details: { variable } });
  });

  it('tells of a service that does not answer, which is no fault of the configuration', async () => {
    const model = geminiWith({ baseUrl: 'http://127.0.0.1:9' });
    expect(await model.check()).toMatchObject({ provider: 'gemini', answers: false });
  });
});
