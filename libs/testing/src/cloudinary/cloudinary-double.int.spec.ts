import type { UploadApiErrorResponse, UploadApiOptions, UploadApiResponse, v2 } from 'cloudinary';
import sharp from 'sharp';
import { CloudinaryDouble } from './cloudinary-double';
import { cloudinaryDoes } from './cloudinary-does';

let double: CloudinaryDouble;
let cloudinary: typeof v2;
let picture: Buffer;

beforeAll(async () => {
  double = await CloudinaryDouble.start();
  // the SDK reads its URL while it loads
  process.env['CLOUDINARY_URL'] = double.url;
  cloudinary = (await import('cloudinary')).v2;
  picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'gold' } })
    .png()
    .toBuffer();
});

beforeEach(() => {
  double.reset();
});

afterAll(() => double.stop());

const upload = (options: UploadApiOptions, bytes = picture): Promise<UploadApiResponse> =>
  new Promise((resolve, reject) => {
    const done = (error?: UploadApiErrorResponse, result?: UploadApiResponse): void => {
      if (result) {
        resolve(result);
      } else {
        reject(error);
      }
    };
    cloudinary.uploader.upload_stream(options, done).end(bytes);
  });

describe('an upload', () => {
  const ring = { public_id: 'facet/anna/ring', asset_folder: 'facet/anna', overwrite: true };

  it('is verified, kept, and delivered where its answer says', async () => {
    const answer = await upload({ ...ring, context: { alt: 'rings & things' } });
    expect(answer).toMatchObject({ public_id: ring.public_id, format: 'png', width: 40, height: 30, bytes: picture.length });
    const delivered = await fetch(answer.secure_url);
    expect(delivered.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await delivered.arrayBuffer()).equals(picture)).toBe(true);
    expect(double.assets.get(ring.public_id)).toMatchObject({ assetFolder: ring.asset_folder, version: answer.version });
    expect(double.calls).toMatchObject([
      { n: 1, kind: 'upload', publicId: ring.public_id, answered: 200, bytes: picture.length, params: { overwrite: '1' } },
      { n: 2, kind: 'delivery', publicId: ring.public_id, answered: 200 },
    ]);
    expect(JSON.stringify(double.calls)).not.toContain('signature');
  });

  it('is signed by SHA-1 or SHA-256', async () => {
    await expect(upload({ ...ring, signature_algorithm: 'sha256' })).resolves.toMatchObject({ public_id: ring.public_id });
  });

  it('overwrites, unless it is told not to', async () => {
    const first = await upload(ring);
    const second = await upload(ring);
    expect(second['overwritten']).toBe(true);
    expect(second.version).toBeGreaterThan(first.version);
    expect(await upload({ ...ring, overwrite: false })).toMatchObject({ existing: true, version: second.version });
    expect(double.assets.size).toBe(1);
  });

  it.each<[string, UploadApiOptions, number, RegExp]>([
    ['a wrong secret', { api_secret: 'wrong' }, 401, /^Invalid Signature/],
    ['an unknown key', { api_key: '1' }, 401, /^Unknown API key/],
    ['another cloud', { cloud_name: 'elsewhere' }, 401, /^Invalid cloud_name elsewhere/],
    ['an old timestamp', { timestamp: Math.floor(Date.now() / 1_000) - 3_601 }, 400, /^Stale request/],
    ['an impossible public id', { public_id: 'what?' }, 400, /is invalid$/],
  ])('with %s is refused', async (_name, options, http_code, message) => {
    await expect(upload({ ...ring, ...options })).rejects.toMatchObject({ http_code, message: expect.stringMatching(message) });
    expect(double.assets.size).toBe(0);
  });

  it('of something else than a picture is refused', async () => {
    await expect(upload(ring, Buffer.from('a text'))).rejects.toMatchObject({ http_code: 400, message: 'Invalid image file' });
  });
});

describe('destroy, ping and delivery', () => {
  it('destroys once', async () => {
    const { secure_url: url } = await upload({ public_id: 'ring' });
    expect(await cloudinary.uploader.destroy('ring')).toEqual({ result: 'ok' });
    expect(await cloudinary.uploader.destroy('ring')).toEqual({ result: 'not found' });
    const gone = await fetch(url);
    expect([gone.status, gone.headers.get('x-cld-error')]).toEqual([404, 'Resource not found - ring']);
  });

  it('answers a ping to who has the credentials', async () => {
    await expect(cloudinary.api.ping()).resolves.toMatchObject({ status: 'ok' });
    await expect(cloudinary.api.ping({ api_secret: 'wrong' })).rejects.toMatchObject({ error: { http_code: 401 } });
  });
});

describe('scripts', () => {
  it.each([
    ['unauthorized', cloudinaryDoes.unauthorized(), { http_code: 401 }],
    ['forbidden', cloudinaryDoes.forbidden(), { http_code: 403 }],
    ['rate limited', cloudinaryDoes.rateLimited(), { http_code: 420, message: expect.stringContaining('Try again on 20') }],
    ['too many requests', cloudinaryDoes.rateLimited(429), { http_code: 429 }],
    ['a server error', cloudinaryDoes.serverError(), { http_code: 500 }],
    ['a bad gateway', cloudinaryDoes.htmlPage(), { http_code: 502 }],
    ['a bad request', cloudinaryDoes.badRequest(), { http_code: 400 }],
    ['a redirect', cloudinaryDoes.redirect('http://127.0.0.1:1/'), { http_code: 302 }],
    ['a dropped connection', cloudinaryDoes.dropped(), { code: 'ECONNRESET' }],
    ['an answer that is slow to come', cloudinaryDoes.slow(5_000), { http_code: 499 }],
  ])('play %s once', async (_name, behaviour, expected) => {
    double.script(behaviour);
    await expect(upload({ public_id: 'ring', timeout: 200 })).rejects.toMatchObject(expected);
    expect(double.assets.size).toBe(0);
    await expect(upload({ public_id: 'ring' })).resolves.toMatchObject({ public_id: 'ring' });
  });

  it('can lose an answer after the work is done', async () => {
    double.script(cloudinaryDoes.answerLost());
    await expect(upload({ public_id: 'ring' })).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect([...double.assets.keys()]).toEqual(['ring']);
    expect(double.calls).toMatchObject([{ answered: 'dropped' }]);
  });

  it('play for deliveries', async () => {
    const { secure_url: url } = await upload({ public_id: 'ring' });
    double.scriptDelivery(cloudinaryDoes.dropped(), cloudinaryDoes.oversized(70_000), cloudinaryDoes.notAnImage('image/webp'));
    await expect(fetch(url).then((answer) => answer.arrayBuffer())).rejects.toThrow();
    const oversized = await fetch(url);
    expect(oversized.headers.get('content-length')).toBeNull();
    expect((await oversized.arrayBuffer()).byteLength).toBe(70_000);
    const page = await fetch(url);
    expect([page.headers.get('content-type'), await page.text()]).toEqual(['image/webp', '<html>Hello</html>']);
  });
});
