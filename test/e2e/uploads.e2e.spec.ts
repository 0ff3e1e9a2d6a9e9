import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { waitFor } from '@facet/testing';
import { Api, type Answer, type Field } from './support/api';
import { KeptInNats } from './support/kept-in-nats';
import { RunningFacet } from './support/running-facet';

const A_MINUTE = 60_000;
const BASE = '/imgbackendapp';
const UPLOAD_MAX_BYTES = 1_000_000;

const PHOTO = '04-drop-earrings-marble.jpg';
const BROOCH = { photo: '08-flower-brooch-white.jpg' };
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
const HTML = '<!doctype html><script>alert(1)</script>';
const FORM = 'multipart/form-data; boundary=facet';
const PART_HEAD = '--facet\r\ncontent-disposition: form-data; name="image"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n';

const file = (fileName: string, content: string | Buffer) => ({ fileName, content: Buffer.from(content) });
const photo = (): Promise<Buffer> => readFile(join(__dirname, '../photos', PHOTO));
const halfAPhoto = async (): Promise<Buffer> => {
  const whole = await photo();
  return whole.subarray(0, whole.length / 2);
};
const plain = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: 'white' } });

describe('uploads', () => {
  let dataDir: string;
  let facet: RunningFacet;
  let nats: KeptInNats;
  let ann: Api;

  const shot = async (image: ReturnType<typeof file>): Promise<Answer> => ann.form(`${BASE}/`, [['image', image]]);
  const form = (path: string, fields: Field[]) => (): Promise<Answer> => ann.form(`${BASE}/${path}`, fields);
  const raw =
    (contentType: string, body: string, path = '') =>
    (): Promise<Answer> =>
      ann.raw(`${BASE}/${path}`, body, { 'content-type': contentType });

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'facet-e2e-'));
    facet = await RunningFacet.start(dataDir, { IMAGE_MODEL: 'sandbox', UPLOAD_MAX_BYTES: String(UPLOAD_MAX_BYTES) });
    nats = await KeptInNats.of(facet);
    ann = await Api.as(facet.url, 'ann@example.com');
  }, 3 * A_MINUTE);

  afterAll(async () => {
    await nats.close();
    await facet.stop();
    await rm(dataDir, { recursive: true, force: true });
  }, A_MINUTE);

  describe('that cannot be used', () => {
    afterEach(async () => {
      expect({ blobs: await nats.blobs(), chunks: await nats.blobChunks(), jobs: await nats.jobs(), events: await nats.events() }).toEqual({
        blobs: [],
        chunks: 0,
        jobs: [],
        events: {},
      });
    });

    it.each<[what: string, status: number, code: string, names: string, send: () => Promise<Answer>]>([
      ['an SVG', 415, 'unsupported_image', '', () => shot(file('a.svg', SVG))],
      ['an SVG that says it is a JPEG', 415, 'unsupported_image', '', () => shot(file('a.jpg', SVG))],
      ['a GIF', 415, 'unsupported_image', '', async () => shot(file('a.png', await plain(9, 9).gif().toBuffer()))],
      ['HTML that says it is a JPEG', 415, 'unsupported_image', '', () => shot(file('a.jpg', HTML))],
      ['a JPEG that was cut off', 415, 'unsupported_image', '', async () => shot(file('a.jpg', await halfAPhoto()))],
      ['an empty file', 400, 'invalid_request', 'image', () => shot(file('a.jpg', ''))],
      [
        'a PNG of 48 megapixels',
        413,
        'upload_too_large',
        'megapixels',
        async () => shot(file('a.png', await plain(8_000, 6_000).toColourspace('b-w').png().toBuffer())),
      ],
      ['a file over the limit', 413, 'upload_too_large', 'image', () => shot(file('a.jpg', Buffer.alloc(UPLOAD_MAX_BYTES + 1, 0xff)))],
      ['a file of 10 MB', 413, 'upload_too_large', 'image', () => shot(file('a.jpg', Buffer.alloc(10_000_000, 0xff)))],
      ['no file', 400, 'invalid_request', 'image', form('', [['prompt', 'Make it shine']])],
      ['a text instead of a file', 400, 'invalid_request', 'image', form('', [['image', 'a.jpg']])],
      [
        'a file in a field that takes none',
        400,
        'invalid_request',
        'selfie',
        form('', [
          ['image', BROOCH],
          ['selfie', BROOCH],
        ]),
      ],
      [
        'two files where one is asked for',
        400,
        'invalid_request',
        'image',
        form('', [
          ['image', BROOCH],
          ['image', BROOCH],
        ]),
      ],
      [
        'a good picture and a bad one',
        415,
        'unsupported_image',
        '',
        form('change_background', [
          ['ornament_image', BROOCH],
          ['prompt', 'On marble'],
          ['background_image', file('b.jpg', HTML)],
        ]),
      ],
      [
        'thirteen files',
        413,
        'upload_too_large',
        '12',
        form('generate-campaign-shot', [
          ['prompt', 'Spring'],
          ['model_type', 'ai_model'],
          ...Array.from({ length: 13 }, (): Field => ['ornament_images', BROOCH]),
        ]),
      ],
      [
        'a real model without a picture of her',
        400,
        'invalid_request',
        'model_image',
        form('generate-real-model', [
          ['ornament_image', BROOCH],
          ['prompt', 'Evening light'],
        ]),
      ],
      [
        'a campaign with a real model without a picture of her',
        400,
        'invalid_request',
        'model_image',
        form('generate-campaign-shot', [
          ['ornament_images', BROOCH],
          ['prompt', 'Spring'],
          ['model_type', 'real_model'],
        ]),
      ],
      [
        'a prompt that is too long',
        400,
        'invalid_request',
        'prompt',
        form('', [
          ['image', BROOCH],
          ['prompt', 'shine '.repeat(400)],
        ]),
      ],
      [
        'a field that is named as a member of every object',
        400,
        'invalid_request',
        'constructor',
        form('', [
          ['image', BROOCH],
          ['constructor', 'x'],
        ]),
      ],
      ['a form that is none', 400, 'invalid_request', '', raw(FORM, 'hello')],
      ['a form without a boundary', 400, 'invalid_request', '', raw('multipart/form-data', `${PART_HEAD}hello\r\n--facet--\r\n`)],
      ['a form that ends in the middle of a file', 400, 'invalid_request', '', raw(FORM, `${PART_HEAD}${'x'.repeat(300_000)}`)],
      ['JSON instead of a form', 400, 'invalid_request', '', raw('application/json', '{"image":"a.jpg"}')],
      ['a content type that nobody takes', 400, 'invalid_request', '', raw('application/xml', '<image/>')],
      ['malformed JSON', 400, 'invalid_request', '', raw('application/json', '{"image_id": ', 'regenerate')],
    ])(
      '%s',
      async (_what, status, code, names, send) => {
        const answer = await send();
        expect(answer).toMatchObject({
          status,
          body: {
            success: false,
            error: expect.stringContaining(names),
            code,
            retryable: false,
            request_id: answer.headers.get('x-request-id'),
          },
        });
        expect(Object.keys(answer.body).sort()).toEqual(['code', 'error', 'request_id', 'retryable', 'success']);
      },
      20_000,
    );

    it('a client that goes away in the middle', async () => {
      const headers = { authorization: `Bearer ${String(ann.token)}`, 'content-type': FORM, 'content-length': '900000' };
      const upload = httpRequest(`${facet.url}${BASE}/`, { method: 'POST', headers });
      upload.on('error', () => undefined);
      upload.write(PART_HEAD);
      upload.write(Buffer.alloc(600_000, 0xff));
      await waitFor(async () => (await nats.blobChunks()) > 0, { what: 'the first chunks to be stored' });
      upload.destroy();
      await waitFor(async () => (await nats.blobChunks()) === 0, { what: 'the chunks to be deleted' });
    });
  });

  it('that are refused half-way leave the connection to the next request', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const send = async (method: string, path: string, body?: Buffer): Promise<[status: number | undefined, port: number | undefined]> => {
      const headers = { authorization: `Bearer ${String(ann.token)}`, ...(body && { 'content-type': FORM }) };
      const sent = httpRequest(`${facet.url}${path}`, { agent, method, headers }).end(body);
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      const port = response.socket.localPort;
      await once(response.resume(), 'end');
      return [response.statusCode, port];
    };
    const unexpected = `${PART_HEAD.replace('name="image"', 'name="selfie"')}${'x'.repeat(900_000)}\r\n--facet--\r\n`;
    const [status, port] = await send('POST', `${BASE}/`, Buffer.from(unexpected));
    expect(status).toBe(400);
    expect(await send('GET', '/health/live')).toEqual([200, port]);
    agent.destroy();
  });

  it('leave no trace of where and with what they were taken, in no store and for no model', async () => {
    expect((await photo()).includes('Exif')).toBe(true);
    const { status, body } = await ann.form(`${BASE}/`, [['image', { photo: PHOTO }]]);
    expect([status, body['width'], body['height']]).toEqual([200, 1200, 1600]);
    const blobs = await Promise.all((await nats.blobs()).map((name) => nats.blob(name)));
    expect(blobs).toHaveLength(2);
    for (const bytes of [await ann.picture(body['uploaded_image_url']), await ann.picture(body['generated_image_url']), ...blobs]) {
      const { width, height, exif, xmp, iptc, icc, orientation } = await sharp(bytes).metadata();
      expect({ width, height, exif, xmp, iptc, icc, orientation }).toEqual({ width: 1200, height: 1600 });
      expect(bytes.includes('Exif')).toBe(false);
    }
  });

  it('and everything else may be sent to an address with or without a trailing slash', async () => {
    const { paths } = (await ann.get('/docs/openapi.json')).body as { paths: Record<string, Record<string, unknown>> };
    const routes = Object.entries(paths)
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => ({ path, method: method.toUpperCase() })))
      .filter(({ path }) => !path.startsWith('/media'));
    expect(routes.length).toBeGreaterThan(12);
    for (const { path, method } of routes) {
      const bare = `${facet.url}${path.replace('{id}', '507f1f77bcf86cd799439011').replace(/\/$/, '')}`;
      const [without, slash] = await Promise.all([fetch(bare, { method }), fetch(`${bare}/`, { method })]);
      expect(`${method} ${path}/ ${slash.status}`).toBe(`${method} ${path}/ ${without.status}`);
      expect([200, 400, 401]).toContain(slash.status);
    }
  });
});
