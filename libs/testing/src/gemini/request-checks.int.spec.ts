import { randomBytes } from 'node:crypto';
import { gemini } from './gemini-behaviours';
import { GeminiDouble } from './gemini-double';

const MODEL = 'gemini-nano-banana-2.1';
const ASKED = { contents: [{ role: 'user', parts: [{ text: 'A ring' }] }] };

describe('what the Gemini double refuses by itself', () => {
  let double: GeminiDouble;

  beforeAll(async () => {
    double = await GeminiDouble.start();
  });
  beforeEach(() => double.reset());
  afterAll(() => double.stop());

  interface Sent {
    path?: string;
    method?: string;
    key?: string | null;
    body?: unknown;
  }

  async function send({ path = `/v1beta/models/${MODEL}:generateContent`, method = 'POST', key = double.key, body = ASKED }: Sent = {}) {
    const response = await fetch(double.url + path, {
      method,
      headers: key === null ? {} : { 'x-goog-api-key': key },
      ...(method === 'POST' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
  }

  const errorOf = async (sent: Sent): Promise<unknown> => JSON.parse((await send(sent)).text);

  it('a wrong key is an invalid argument, a missing one is forbidden, one in the address is taken', async () => {
    expect(await errorOf({ key: 'other' })).toMatchObject({
      error: { code: 400, status: 'INVALID_ARGUMENT', details: [{ reason: 'API_KEY_INVALID', domain: 'googleapis.com' }, {}] },
    });
    expect(await errorOf({ key: null })).toMatchObject({ error: { code: 403, status: 'PERMISSION_DENIED' } });
    expect(await send({ key: null, path: `/v1beta/models/${MODEL}:generateContent?key=${double.key}` })).toMatchObject({ status: 200 });
    expect(double.calls.map((call) => call.answered)).toEqual(['400', '403', 'picture']);
  });

  it('a model that it does not have', async () => {
    expect(await errorOf({ path: '/v1beta/models/gemini-2.5-flash-image:generateContent' })).toMatchObject({
      error: {
        code: 404,
        status: 'NOT_FOUND',
        message: expect.stringMatching(/^models\/gemini-2.5-flash-image is not found for API version v1beta, or is not supported/),
      },
    });
    expect(double.calls).toMatchObject([{ model: 'gemini-2.5-flash-image', parts: [], answered: '404' }]);
  });

  it.each([
    ['another method', { method: 'GET' }],
    ['another verb', { path: `/v1beta/models/${MODEL}:predict` }],
    ['another version', { path: `/v9/models/${MODEL}:generateContent` }],
  ])('%s is a page and no JSON', async (_what, sent) => {
    expect(await send(sent)).toMatchObject({ status: 404, type: 'text/html; charset=UTF-8' });
  });

  it('a body that is no JSON', async () => {
    expect(await errorOf({ body: '{"contents": [' })).toMatchObject({
      error: { code: 400, status: 'INVALID_ARGUMENT', message: expect.stringContaining('Invalid JSON payload received.') },
    });
  });

  it('a body above 20 MB, after it was read', async () => {
    const data = randomBytes(16 * 1024 * 1024).toString('base64');
    const body = { contents: [{ parts: [{ inlineData: { mimeType: 'image/png', data } }] }] };

    expect(await errorOf({ body })).toMatchObject({
      error: { code: 400, message: 'Request payload size exceeds the limit: 20971520 bytes.' },
    });
  });

  it('and the script waits for a request that is right', async () => {
    double.script(gemini.overloaded());

    const statuses = [(await send({ body: {} })).status, (await send()).status, (await send()).status];

    expect(statuses).toEqual([400, 503, 200]);
    expect(double.calls.map(({ n, answered }) => [n, answered])).toEqual([
      [1, '400'],
      [2, '503'],
      [3, 'picture'],
    ]);
  });

  it('describes its models to those who ask, with the same key, and counts that apart', async () => {
    const model = (name: string, key = double.key) => send({ method: 'GET', path: `/v1beta/models/${name}`, key });

    expect(JSON.parse((await model(MODEL)).text)).toMatchObject({
      name: `models/${MODEL}`,
      supportedGenerationMethods: expect.arrayContaining(['generateContent']),
      inputTokenLimit: expect.any(Number),
    });
    expect(await model('gone')).toMatchObject({ status: 404, text: expect.stringContaining('Model is not found: models/gone') });
    expect(await model(MODEL, 'other')).toMatchObject({ status: 400, text: expect.stringContaining('API_KEY_INVALID') });
    expect(double.probes).toBe(3);
    expect(double.calls).toEqual([]);
  });
});
