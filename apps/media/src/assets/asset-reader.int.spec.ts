import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import { connectNats } from '@facet/messaging';
import { cloudinaryDoes, CloudinaryDouble, startNats, type CloudinaryBehaviour, type RunningNats } from '@facet/testing';
import type { NatsConnection } from '@nats-io/transport-node';
import { AssetReader } from './asset-reader';
import type { StoredAsset } from './asset-store';
import { anAsset, aPicture } from './asset-store.contract';
import { CloudinaryStore } from './cloudinary-store';
import { LocalStore } from './local-store';

/** Short, so that a test sees a download take too long. */
const HASTE_MS = 2_000;
const MEGABYTE = 1024 * 1024;
const refused = { code: 'storage_failed', retryable: false };
const passing = { code: 'storage_failed', retryable: true };

let nats: RunningNats;
let connection: NatsConnection;
let double: CloudinaryDouble;
let cloudinary: CloudinaryStore;
let local: LocalStore;
let reader: AssetReader;
/** gives a download up soon */
let hasty: AssetReader;

beforeAll(async () => {
  nats = await startNats();
  connection = await connectNats(nats.url, 'asset-reader');
  double = await CloudinaryDouble.start();
  // the account has a private distribution, which somebody has pointed at this machine
  const url = double.url.replace('?', '/localhost?');
  cloudinary = await CloudinaryStore.open(url, 'facet');
  local = await LocalStore.open(connection);
  reader = new AssetReader(cloudinary, local);
  hasty = new AssetReader(await CloudinaryStore.open(url, 'facet', { timeoutMs: HASTE_MS }), local);
}, 60_000);

beforeEach(() => {
  double.reset();
});

afterAll(async () => {
  await double.stop();
  await connection.close();
  await nats.stop();
});

const deliveries = (): number => double.calls.filter(({ kind }) => kind === 'delivery').length;

describe('a picture at Cloudinary', () => {
  let stored: StoredAsset;

  beforeEach(async () => {
    stored = await cloudinary.store(await anAsset({ mime: 'image/jpeg', bytes: await aPicture('gold', 'jpeg') }));
  });

  it('is read with all that is known of it', async () => {
    const picture = await reader.read(stored);
    expect(picture).toMatchObject({ mime: 'image/jpeg', width: 40, height: 30 });
    expect(picture?.bytes.equals(await aPicture('gold', 'jpeg'))).toBe(true);
    expect(deliveries()).toBe(1);
  });

  it.each<[string, () => CloudinaryBehaviour, RegExp]>([
    ['a redirect to another host', () => cloudinaryDoes.redirect('https://example.com/picture.png'), /^a redirect$/],
    ['a redirect to itself', () => cloudinaryDoes.redirect(stored.url), /^a redirect$/],
    ['a page', () => cloudinaryDoes.notAnImage('text/html'), /^not an image: text\/html$/],
    ['a page that calls itself a picture', () => cloudinaryDoes.notAnImage('image/png'), /^not a whole/],
    ['a body that does not end, without a length', () => cloudinaryDoes.oversized(21 * MEGABYTE), /^too large$/],
    ['401', () => cloudinaryDoes.unauthorized(), /^status 401$/],
    ['403', () => cloudinaryDoes.forbidden(), /^status 403$/],
    ['400', () => cloudinaryDoes.badRequest(), /^status 400$/],
  ])('is refused for %s, which is logged', async (_name, behaviour, reason) => {
    const warn = jest.spyOn(Logger.prototype, 'warn');
    double.scriptDelivery(behaviour());
    const details = { reason: expect.stringMatching(reason) };
    await expect(reader.read({ ...stored, url: `${stored.url}?signature=secret` })).rejects.toMatchObject({ ...refused, details });
    expect(warn.mock.calls).toEqual([[{ msg: 'stored picture refused', host: new URL(stored.url).host, ...details }]]);
    expect(deliveries()).toBe(1);
    warn.mockRestore();
  });

  it.each<[string, () => CloudinaryBehaviour]>([
    ['420', () => cloudinaryDoes.rateLimited(420)],
    ['429', () => cloudinaryDoes.rateLimited(429)],
    ['500', () => cloudinaryDoes.serverError()],
    ['an answer that is slow to come', () => cloudinaryDoes.slow(10_000)],
    ['a body that breaks off', () => cloudinaryDoes.dropped()],
  ])('may be read later after %s', async (_name, behaviour) => {
    double.scriptDelivery(behaviour());
    await expect(hasty.read(stored)).rejects.toMatchObject(passing);
    expect(deliveries()).toBe(1);
    expect(await reader.read(stored)).not.toBeNull();
  });

  it('is null when it is gone', async () => {
    expect(await reader.read({ ...stored, url: stored.url.replace('.jpg', 'x.jpg') })).toBeNull();
  });
});

describe('addresses that are never asked', () => {
  let elsewhere: Server;
  const asked: string[] = [];

  beforeAll(async () => {
    elsewhere = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => elsewhere.once('listening', resolve));
  });

  afterAll(() => elsewhere.close());

  const port = (): number => (elsewhere.address() as AddressInfo).port;

  const notOfCloud = 'it is not of the configured cloud';

  it.each<[string, () => string, string?]>([
    ['another port of this machine', () => `http://127.0.0.1:${port()}/facet-test/image/upload/ring.png`],
    ['another cloud', () => `${double.address}/other-cloud/image/upload/ring.png`],
    ['another cloud at the shared host', () => 'https://res.cloudinary.com/other-cloud/image/upload/ring.png'],
    ['a way out of the cloud', () => `${double.address}/facet-test/../other-cloud/image/upload/ring.png`],
    ['the API', () => `${double.address}/v1_1/facet-test/ping`],
    ['another host', () => 'https://example.com/facet-test/image/upload/ring.png'],
    ['a host that begins alike', () => 'https://res.cloudinary.com.example.com/facet-test/image/upload/ring.png'],
    ['a host behind a user’s name', () => 'https://res.cloudinary.com@example.com/facet-test/image/upload/ring.png'],
    ['credentials', () => 'https://user:password@res.cloudinary.com/facet-test/image/upload/ring.png'],
    ['no TLS', () => 'http://res.cloudinary.com/facet-test/image/upload/ring.png'],
    ['another protocol', () => 'ftp://res.cloudinary.com/facet-test/image/upload/ring.png'],
    ['the metadata of a cloud machine', () => 'http://169.254.169.254/latest/meta-data'],
    // configured, but it leads to a private address
    ['a distribution that resolves to this machine', () => 'https://localhost/image/upload/ring.png', 'a private address'],
    ['this deployment, under another name than its path', () => '/media/other/ring.png', 'it is not of this deployment'],
  ])('%s', async (_name, url, reason = notOfCloud) => {
    const asset = { url: url(), path: 'facet/anna/ring' };
    await expect(reader.read(asset)).rejects.toMatchObject({ ...refused, details: { reason } });
    expect([double.calls.length, asked.length]).toEqual([0, 0]);
  });
});

describe('a picture of this deployment', () => {
  it('is read from NATS also when new ones go to Cloudinary', async () => {
    const stored = await local.store(await anAsset());
    expect(await reader.read(stored)).toMatchObject({ mime: 'image/png', width: 40, height: 30 });
    expect(double.calls).toHaveLength(0);
  });

  it('is refused when it is no picture', async () => {
    const stored = await local.store(await anAsset({ bytes: (await aPicture()).subarray(0, 60) }));
    await expect(reader.read(stored)).rejects.toMatchObject(refused);
  });

  it('is null when it is gone', async () => {
    expect(await reader.read({ url: '/media/anna/ring.png', path: 'anna/ring.png' })).toBeNull();
  });
});
