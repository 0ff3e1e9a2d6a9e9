import {
  GoogleGenerativeAI,
  GoogleGenerativeAIAbortError,
  GoogleGenerativeAIError,
  GoogleGenerativeAIFetchError,
  type EnhancedGenerateContentResponse,
  type Part,
} from '@google/generative-ai';
import sharp from 'sharp';
import { waitFor } from '../wait-for';
import { gemini, type GeminiBehaviour } from './gemini-behaviours';
import { GeminiDouble } from './gemini-double';
import { makePicture } from './made-picture';

const MODEL = 'gemini-nano-banana-2.1';

/** What the official SDK makes of each behaviour, which the adapter of generation relies on. */
describe('the Gemini double and the real SDK', () => {
  let double: GeminiDouble;

  beforeAll(async () => {
    double = await GeminiDouble.start();
  });
  beforeEach(() => double.reset());
  afterAll(() => double.stop());

  async function ask(
    parts: string | Part[] = 'A ring on a white ground',
    { key = double.key, model = MODEL, signal }: { key?: string; model?: string; signal?: AbortSignal } = {},
    config: Record<string, unknown> = { responseModalities: ['TEXT', 'IMAGE'] },
  ): Promise<EnhancedGenerateContentResponse> {
    const client = new GoogleGenerativeAI(key).getGenerativeModel({ model, generationConfig: config }, { baseUrl: double.url });
    return (await client.generateContent(parts, { signal })).response;
  }

  const failureOf = async (asked: Promise<unknown>): Promise<unknown> =>
    asked.then(
      () => undefined,
      (error: unknown) => error,
    );

  async function failureWith(behaviour: GeminiBehaviour): Promise<unknown> {
    double.script(behaviour);
    return failureOf(ask());
  }

  const pictureIn = (response: EnhancedGenerateContentResponse): { mimeType: string; data: Buffer } | undefined => {
    const inline = response.candidates?.[0]?.content.parts.find((part) => part.inlineData)?.inlineData;
    return inline && { mimeType: inline.mimeType, data: Buffer.from(inline.data, 'base64') };
  };

  const answered = (): string[] => double.calls.map((call) => call.answered);

  it('answers with a picture after a sentence, its tokens, its model and an id', async () => {
    const response = await ask();

    expect(response).toMatchObject({
      candidates: [{ content: { role: 'model', parts: [{ text: expect.any(String) }, { inlineData: {} }] }, finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 6, candidatesTokenCount: 1129, totalTokenCount: 1135 },
      modelVersion: MODEL,
      responseId: expect.any(String),
    });
    const { mimeType, data } = pictureIn(response) ?? {};
    expect(mimeType).toBe('image/png');
    expect(await sharp(data).metadata()).toMatchObject({ format: 'png', width: 64, height: 48 });
  });

  it('makes another picture each time, of the type and size that is scripted', async () => {
    double.usually(gemini.picture({ mime: 'image/webp', width: 300, height: 200 }));

    const [first, second] = [pictureIn(await ask()), pictureIn(await ask())];

    expect(first?.mimeType).toBe('image/webp');
    expect(await sharp(first?.data).metadata()).toMatchObject({ format: 'webp', width: 300, height: 200 });
    expect(first?.data.equals(second?.data ?? Buffer.alloc(0))).toBe(false);
  });

  it('records what was sent, in order and decoded', async () => {
    const bytes = await makePicture({ format: 'jpeg', width: 80, height: 20 });
    const before = Date.now();

    await ask(
      [{ text: 'The ornament:' }, { inlineData: { mimeType: 'image/jpeg', data: bytes.toString('base64') } }, { text: 'On white.' }],
      {},
      {
        responseModalities: ['IMAGE'],
        temperature: 0.4,
        imageConfig: { aspectRatio: '1:1', imageSize: '2K' },
      },
    );

    const [call] = double.calls;
    expect(call).toMatchObject({
      n: 1,
      model: MODEL,
      parts: [
        { text: 'The ornament:' },
        { mime: 'image/jpeg', width: 80, height: 20, sha256: expect.stringMatching(/^[0-9a-f]{64}$/), bytes },
        { text: 'On white.' },
      ],
      generationConfig: { temperature: 0.4, imageConfig: { aspectRatio: '1:1', imageSize: '2K' } },
      answered: 'picture',
    });
    expect(call?.at).toBeGreaterThanOrEqual(before);
    expect(call?.at).toBeLessThanOrEqual(Date.now());
  });

  it('answers in the modalities that are asked for', async () => {
    const pictureAlone = await ask('A ring', {}, { responseModalities: ['IMAGE'] });
    const textAlone = await ask('A ring', {}, { responseModalities: ['TEXT'] });

    expect(pictureAlone.candidates?.[0]?.content.parts).toHaveLength(1);
    expect(pictureIn(pictureAlone)).toBeDefined();
    expect(pictureIn(textAlone)).toBeUndefined();
    expect(answered()).toEqual(['picture', 'text']);
  });

  it('plays the script first, then what is usual', async () => {
    double.script(gemini.textOnly('one'), gemini.textOnly('two'));
    double.usually((call) => gemini.textOnly(`call ${call.n}`));

    const texts = [(await ask()).text(), (await ask()).text(), (await ask()).text()];

    expect(texts).toEqual(['one', 'two', 'call 3']);
  });

  describe.each([
    ['tooManyRequests', gemini.tooManyRequests('22s'), 429, 'Too Many Requests', 'Please retry in 22s.'],
    ['serverError', gemini.serverError(), 500, 'Internal Server Error', 'An internal error has occurred.'],
    ['overloaded', gemini.overloaded(), 503, 'Service Unavailable', 'The model is overloaded.'],
    ['deadlineExceeded', gemini.deadlineExceeded(), 504, 'Gateway Timeout', 'Deadline expired'],
    ['badArgument', gemini.badArgument('No.'), 400, 'Bad Request', '[400 Bad Request] No.'],
    ['billing', gemini.billing(), 400, 'Bad Request', 'User location is not supported'],
    ['badKey', gemini.badKey(), 400, 'Bad Request', 'API key not valid.'],
    ['forbidden', gemini.forbidden(), 403, 'Forbidden', 'has been suspended'],
    ['modelGone', gemini.modelGone(), 404, 'Not Found', `models/${MODEL} is not found for API version v1beta`],
  ])('%s', (_name, behaviour, status, statusText, message) => {
    it(`is a fetch error with status ${status}`, async () => {
      const error = await failureWith(behaviour);

      expect(error).toBeInstanceOf(GoogleGenerativeAIFetchError);
      expect(error).toMatchObject({ status, statusText, message: expect.stringContaining(message) });
      expect(answered()).toEqual([String(status)]);
    });
  });

  it('says in the details how long to wait, unless it does not', async () => {
    const told = await failureWith(gemini.tooManyRequests('2.5s'));
    const untold = await failureWith(gemini.tooManyRequests(null));

    const types = ['QuotaFailure', 'Help'].map((name) => ({ '@type': `type.googleapis.com/google.rpc.${name}` }));
    expect(told).toMatchObject({ errorDetails: [...types, { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '2.5s' }] });
    expect(untold).toMatchObject({ errorDetails: types });
  });

  it('names a bad key in the details, and leaves the details of a 503 out', async () => {
    expect(await failureWith(gemini.badKey())).toMatchObject({ errorDetails: [{ reason: 'API_KEY_INVALID' }, {}] });
    expect(await failureWith(gemini.overloaded())).toMatchObject({ errorDetails: undefined });
  });

  it('a connection that is reset before the answer is an error of the SDK without a status', async () => {
    const error = await failureWith(gemini.resetBeforeAnswer());

    expect(error).toBeInstanceOf(GoogleGenerativeAIError);
    expect(error).not.toBeInstanceOf(GoogleGenerativeAIFetchError);
    expect(error).toMatchObject({ message: expect.stringContaining('fetch failed') });
  });

  it('a connection that ends in the body is a bare TypeError of fetch', async () => {
    const error = await failureWith(gemini.resetInBody());

    expect(error).not.toBeInstanceOf(GoogleGenerativeAIError);
    expect(error).toMatchObject({ name: 'TypeError', message: 'terminated' });
  });

  it('truncated JSON is a bare SyntaxError', async () => {
    const error = await failureWith(gemini.truncatedJson());

    expect(error).not.toBeInstanceOf(GoogleGenerativeAIError);
    expect(error).toMatchObject({ name: 'SyntaxError' });
  });

  it.each([
    // the first bytes of the formats: a decoder may have been closed to some of them in this process
    ['not-a-picture', gemini.notAPicture(), 'image/png', 'These bytes'],
    ['wrong-mime', gemini.wrongMime(), 'image/png', 'RIFF'],
    ['unknown-format', gemini.unknownFormat(), 'image/gif', 'GIF89a'],
  ])('%s passes the SDK unseen', async (name, behaviour, mimeType, beginning) => {
    double.script(behaviour);

    const picture = pictureIn(await ask());

    expect(picture?.mimeType).toBe(mimeType);
    expect(Buffer.from(picture?.data ?? '').toString('latin1')).toMatch(new RegExp(`^${beginning}`));
    expect(answered()).toEqual([name]);
  });

  it('text alone, and nothing at all, are answers', async () => {
    double.script(gemini.textOnly('No picture today.'), gemini.noCandidates());

    const [text, nothing] = [await ask(), await ask()];

    expect(text).toMatchObject({ candidates: [{ finishReason: 'STOP', content: { parts: [{ text: 'No picture today.' }] } }] });
    expect(nothing.candidates).toBeUndefined();
    expect(nothing.promptFeedback).toBeUndefined();
    expect(nothing.text()).toBe('');
  });

  it.each(['SAFETY', 'OTHER', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'IMAGE_SAFETY'])(
    'a prompt blocked for %s is an answer without candidates',
    async (blockReason) => {
      double.script(gemini.blocked(blockReason));

      const response = await ask();

      expect(response).toMatchObject({ promptFeedback: { blockReason } });
      expect(response.candidates).toBeUndefined();
      expect(() => response.text()).toThrow(blockReason);
    },
  );

  it.each(['SAFETY', 'PROHIBITED_CONTENT', 'RECITATION', 'BLOCKLIST', 'SPII', 'LANGUAGE', 'OTHER'])(
    '%s ends a candidate that has no content',
    async (reason) => {
      double.script(gemini.finished(reason));

      const { candidates } = await ask();

      expect(candidates).toEqual([{ finishReason: reason, finishMessage: expect.any(String), index: 0 }]);
    },
  );

  it.each(['IMAGE_SAFETY', 'IMAGE_PROHIBITED_CONTENT', 'IMAGE_RECITATION', 'IMAGE_OTHER', 'NO_IMAGE'])(
    '%s ends a candidate whose content has no parts',
    async (reason) => {
      double.script(gemini.finished(reason));

      const { candidates } = await ask();

      expect(candidates).toEqual([{ content: {}, finishReason: reason, finishMessage: expect.any(String), index: 0 }]);
    },
  );

  it('answers late, and notices a client that hangs up', async () => {
    double.script(gemini.slow(60_000));
    const client = new AbortController();
    const asked = failureOf(ask(undefined, { signal: client.signal }));
    await waitFor(() => double.calls[0]?.answered === 'pending', { what: 'the call' });

    client.abort();

    expect(await asked).toBeInstanceOf(GoogleGenerativeAIAbortError);
    await waitFor(() => double.calls[0]?.answered === 'abandoned', { what: 'the hang-up' });
  });

  it('takes its time', async () => {
    double.script(gemini.slow(150));
    const before = performance.now();

    await ask();

    const took = performance.now() - before;
    expect(took).toBeGreaterThanOrEqual(145);
    expect(took).toBeLessThan(2_000);
  });

  it('is called even with a signal that is aborted already, which the SDK does not look at', async () => {
    await ask(undefined, { signal: AbortSignal.abort() });

    expect(answered()).toEqual(['picture']);
  });

  it('forgets on reset, and ends the calls under way when it stops', async () => {
    const other = await GeminiDouble.start({ models: ['another-model'] });
    other.usually(gemini.slow(60_000));
    const client = new GoogleGenerativeAI(other.key).getGenerativeModel({ model: 'another-model' }, { baseUrl: other.url });
    const asked = failureOf(client.generateContent('A ring'));
    await waitFor(() => other.calls.length === 1, { what: 'the call' });

    await other.stop();

    expect(await asked).toBeInstanceOf(GoogleGenerativeAIError);
    other.reset();
    expect(other.calls).toEqual([]);
  });
});
