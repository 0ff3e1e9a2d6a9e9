import { inspect } from 'node:util';
import { FacetError } from '@facet/platform';
import { cloudinaryDoes, CloudinaryDouble, type CloudinaryBehaviour } from '@facet/testing';
import { anAsset, itKeepsTheStoreContract } from './asset-store.contract';
import { CloudinaryStore } from './cloudinary-store';

const SECRET = 'the-secret-of-the-account';
/** Short, so that the tests see a call take too long. */
const TIMEOUT_MS = 2_000;

let double: CloudinaryDouble;
let store: CloudinaryStore;

beforeAll(async () => {
  double = await CloudinaryDouble.start({ secret: SECRET });
  store = await CloudinaryStore.open(double.url, 'facet', { timeoutMs: TIMEOUT_MS });
});

beforeEach(() => {
  double.reset();
});

afterAll(() => double.stop());

const errorOf = async (work: Promise<unknown>): Promise<FacetError> => {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FacetError);
  return error as FacetError;
};

describe('CloudinaryStore', () => {
  itKeepsTheStoreContract(() => store);

  it('puts every user’s pictures into a folder, for both kinds of accounts', async () => {
    const asset = await anAsset({ userId: 'anna', name: 'ring' });
    const stored = await store.store(asset);
    expect(stored.path).toBe('facet/anna/ring');
    expect(stored.url.replace(/v\d+/, 'v1')).toBe(`${double.address}/facet-test/image/upload/v1/facet/anna/ring.png`);
    expect([...double.assets]).toMatchObject([['facet/anna/ring', { assetFolder: 'facet/anna', format: 'png' }]]);
    expect(double.calls).toMatchObject([{ kind: 'upload', params: { overwrite: '1' }, bytes: asset.bytes.length }]);
  });

  it('has copies at the delivery network taken back with an asset', async () => {
    await store.remove(await anAsset({ userId: 'anna', name: 'ring' }));
    expect(double.calls).toMatchObject([{ kind: 'destroy', publicId: 'facet/anna/ring', params: { invalidate: 'true' } }]);
  });
});

type Failure = [string, () => CloudinaryBehaviour, Partial<Pick<FacetError, 'retryable' | 'details'>>];
const misconfigured = { retryable: false, details: expect.objectContaining({ variable: 'CLOUDINARY_URL' }) };
const passing = { retryable: true };

const failures: Failure[] = [
  ['401', () => cloudinaryDoes.unauthorized(), misconfigured],
  ['403', () => cloudinaryDoes.forbidden(), misconfigured],
  ['an unknown cloud', () => cloudinaryDoes.unknownCloud('facet-test'), misconfigured],
  ['a redirect', () => cloudinaryDoes.redirect('http://127.0.0.1:1/'), misconfigured],
  ['400', () => cloudinaryDoes.badRequest(), { retryable: false, details: { status: 400, reason: 'Invalid image file' } }],
  [
    '420',
    () => cloudinaryDoes.rateLimited(420, new Date(Date.now() + 90_000)),
    { retryable: true, details: expect.objectContaining({ status: 420, retry_after_ms: expect.any(Number) }) },
  ],
  ['429', () => cloudinaryDoes.rateLimited(429), { retryable: true, details: expect.objectContaining({ status: 429 }) }],
  ['500', () => cloudinaryDoes.serverError(), passing],
  ['503', () => cloudinaryDoes.serverError(503), passing],
  ['a page instead of JSON', () => cloudinaryDoes.htmlPage(200), passing],
  ['an answer that is slow to come', () => cloudinaryDoes.slow(10_000), passing],
  ['a dropped connection', () => cloudinaryDoes.dropped(), passing],
];

describe.each([
  ['an upload', async () => store.store(await anAsset())],
  ['a removal', async () => store.remove(await anAsset())],
] as const)('%s that is answered by', (_name, work) => {
  it.each(failures)('%s', async (_behaviour, behaviour, expected) => {
    double.script(behaviour());
    const error = await errorOf(work());
    expect(error).toMatchObject({ code: 'storage_failed', ...expected });
    expect(double.calls).toHaveLength(1);
    expect(double.assets.size).toBe(0);
    if (expected === misconfigured) {
      expect(error.message).toContain('CLOUDINARY_URL');
    }
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(SECRET);
    await expect(work()).resolves.not.toThrow();
  });
});

describe('an upload whose answer was lost', () => {
  it('is one asset after the second attempt', async () => {
    double.script(cloudinaryDoes.answerLost());
    const asset = await anAsset();
    expect(await errorOf(store.store(asset))).toMatchObject({ retryable: true });
    await store.store(asset);
    expect([double.assets.size, double.calls.length]).toEqual([1, 2]);
  });
});

describe('check', () => {
  const opened = (): Promise<CloudinaryStore> => CloudinaryStore.open(double.url, 'facet', { timeoutMs: TIMEOUT_MS });
  const pings = (): number => double.calls.filter(({ kind }) => kind === 'ping').length;

  it('asks once for many who want to know', async () => {
    const asked = await opened();
    const facts = await Promise.all([asked.check(), asked.check()]);
    expect([...facts, await asked.check()]).toEqual(Array(3).fill({ kept_at: 'cloudinary', cloud: 'facet-test', answers: true }));
    expect(pings()).toBe(1);
  });

  it.each(failures.filter(([, , expected]) => expected === misconfigured))(
    'rejects for %s, naming the variable',
    async (_name, behaviour) => {
      double.scriptPing(behaviour());
      const asked = await opened();
      const error = await errorOf(asked.check());
      expect(error).toMatchObject({ code: 'storage_failed', ...misconfigured, message: expect.stringContaining('CLOUDINARY_URL') });
      expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(SECRET);
      await expect(asked.check()).rejects.toBe(error);
      expect(pings()).toBe(1);
    },
  );

  it.each(failures.filter(([, , { retryable }]) => retryable === true))('resolves for %s: jobs wait', async (_name, behaviour) => {
    double.scriptPing(behaviour());
    const facts = await (await opened()).check();
    expect(facts).toMatchObject({ kept_at: 'cloudinary', cloud: 'facet-test', answers: false, reason: expect.any(String) });
    expect(JSON.stringify(facts)).not.toContain(SECRET);
  });

  it('fails at once for a URL that cannot be read, without telling it', async () => {
    const error = await errorOf(CloudinaryStore.open(`cloudinary://key:${SECRET}#@cloud`, 'facet'));
    expect(error).toMatchObject({ code: 'storage_failed', details: { variable: 'CLOUDINARY_URL' } });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(SECRET);
  });
});
