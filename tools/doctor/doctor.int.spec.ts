import { once } from 'node:events';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import {
  CloudinaryDouble,
  describeWithMongo,
  GeminiDouble,
  startMongo,
  startNats,
  type RunningMongo,
  type RunningNats,
} from '@facet/testing';
import type { Finding } from './finding';
import { findingsOf, runDoctor } from './testing/doctor-run';

const KEY = 'the-key-of-gemini';
const SECRET = 'the-secret-of-cloudinary';
const JWT_SECRET = 'the-secret-that-signs-the-tokens-of-all';
const PASSWORD = 'the-password-of-a-server';
const QUERY = 'the-token-in-a-query';
/** Nothing listens on the port of `discard`. */
const NOBODY = '127.0.0.1:9';

jest.setTimeout(60_000);

let nats: RunningNats;
let gemini: GeminiDouble;
let cloudinary: CloudinaryDouble;
let identityProvider: HttpServer;
let silence: Server;
let good: Record<string, string>;

/** What listens on an address, as `host:port`. */
const addressOf = (server: Server | HttpServer): string => `127.0.0.1:${(server.address() as AddressInfo).port}`;

const find = (findings: readonly Finding[], subject: string): Finding | undefined =>
  findings.find((finding) => finding.subject === subject);

beforeAll(async () => {
  [nats, gemini, cloudinary] = await Promise.all([
    startNats(),
    GeminiDouble.start({ key: KEY }),
    CloudinaryDouble.start({ secret: SECRET }),
  ]);
  identityProvider = createHttpServer((request, response) => {
    const isThere = request.url?.startsWith('/keys') ?? false;
    response.writeHead(isThere ? 200 : 404).end(JSON.stringify(isThere ? { keys: [{}, {}] } : {}));
  }).listen(0, '127.0.0.1');
  // takes connections, and never says a word
  silence = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await Promise.all([once(identityProvider, 'listening'), once(silence, 'listening')]);
  good = {
    NATS_URL: nats.url.replace('://', `://facet:${PASSWORD}@`),
    GOOGLE_API_KEY: KEY,
    GEMINI_BASE_URL: gemini.url,
    CLOUDINARY_URL: cloudinary.url,
    JWT_SECRET,
    JWKS_URI: `http://${addressOf(identityProvider)}/keys?token=${QUERY}`,
    JWT_AUDIENCE: 'facet',
  };
});

const sockets: Socket[] = [];

afterAll(async () => {
  sockets.forEach((socket) => socket.destroy());
  silence.close();
  identityProvider.closeAllConnections();
  identityProvider.close();
  await Promise.all([nats.stop(), gemini.stop(), cloudinary.stop()]);
});

const secretsIn = (output: string): string[] =>
  [KEY, SECRET, JWT_SECRET, PASSWORD, QUERY, '123456789012345'].filter((text) => output.includes(text));

describe('npm run doctor', () => {
  it('finds nothing to mend where all is well', async () => {
    const { exitCode, output } = await runDoctor(good);
    expect([exitCode, output.trim().split('\n').at(-1)]).toEqual([0, 'all is well']);
    expect(output).toMatch(/^ok {4}nats {9}nats-server \d+\.\d+\S* at nats:\/\/\S+, with JetStream$/m);
    expect(output).toContain(`Gemini at ${gemini.url} takes the key and has the model gemini-nano-banana-2.1`);
    expect(output).toContain('Cloudinary takes the account');
    expect(output).toContain(`the identity provider's keys at http://${addressOf(identityProvider)}/keys, 2 of them`);
    expect(output).toMatch(/^ok {4}settings .*CLOUDINARY_URL, GEMINI_BASE_URL, GOOGLE_API_KEY/m);
    expect(secretsIn(output)).toEqual([]);
    expect(gemini.calls).toHaveLength(0);
  });

  it('tells what is used where nothing is configured', async () => {
    const { exitCode, findings } = await findingsOf({});
    expect([exitCode, findings.map(({ outcome }) => outcome)]).toEqual([0, Array(7).fill('ok')]);
    expect(find(findings, 'nats')?.text).toContain('npm run up brings a server of its own');
    expect(find(findings, 'image model')?.text).toContain('the local studio');
    expect(find(findings, 'assets')?.text).toContain('kept in NATS');
    expect(find(findings, 'catalog')?.text).toContain('replayed from the event log');
  });

  it('reads .env, and what is set outside wins', async () => {
    const dotEnv = `GOOGLE_API_KEY=${KEY}\nGEMINI_BASE_URL=http://${NOBODY}\n`;
    const { exitCode, output } = await runDoctor({ GEMINI_BASE_URL: gemini.url }, [], dotEnv);
    expect([exitCode, output]).toEqual([0, expect.stringContaining(`Gemini at ${gemini.url} takes the key`)]);
  });

  it.each<[string, () => Record<string, string>, Partial<Finding>]>([
    ['a wrong key', () => ({ GOOGLE_API_KEY: 'another-key' }), { subject: 'image model', variable: 'GOOGLE_API_KEY' }],
    ['a retired model', () => ({ GEMINI_MODEL: 'gemini-2.5-flash-image' }), { subject: 'image model', variable: 'GEMINI_MODEL' }],
    [
      'a wrong Cloudinary secret',
      () => ({ CLOUDINARY_URL: cloudinary.url.replace(SECRET, 'another-secret') }),
      { subject: 'assets', variable: 'CLOUDINARY_URL' },
    ],
    [
      'no key set',
      () => ({ JWKS_URI: `http://${addressOf(identityProvider)}/nothing?token=${QUERY}` }),
      { subject: 'tokens', variable: 'JWKS_URI' },
    ],
    ['no address of MongoDB', () => ({ MONGODB_URI: `mongodb://facet:${PASSWORD}@` }), { subject: 'catalog', variable: 'MONGODB_URI' }],
  ])('names the setting to mend for %s', async (_what, settings, expected) => {
    const { exitCode, output, findings } = await findingsOf({ ...good, ...settings() });
    expect([exitCode, findings.filter(({ outcome }) => outcome !== 'ok')]).toEqual([
      1,
      [{ outcome: 'fail', text: expect.any(String), ...expected }],
    ]);
    expect(secretsIn(output)).toEqual([]);
    expect(output).not.toMatch(/another-(key|secret)/);
  });

  it('takes what does not answer right now for a warning', async () => {
    const { exitCode, output } = await runDoctor({
      ...good,
      NATS_URL: `nats://facet:${PASSWORD}@${NOBODY}`,
      MONGODB_URI: `mongodb://facet:${PASSWORD}@${NOBODY}/?appName=${QUERY}`,
      GEMINI_BASE_URL: `http://${NOBODY}`,
      CLOUDINARY_URL: cloudinary.url.replace(cloudinary.address, `http://${NOBODY}`),
      JWKS_URI: `http://${NOBODY}/keys?token=${QUERY}`,
    });
    expect([exitCode, output.trim().split('\n').at(-1)]).toEqual([0, 'nothing has to be mended; 5 to keep an eye on']);
    expect(output.match(/^warn .*right now/gm)).toHaveLength(5);
    expect(secretsIn(output)).toEqual([]);
  });

  it('comes to an end also when nobody says a word', async () => {
    const quiet = addressOf(silence);
    const { exitCode, output, durationMs } = await runDoctor({
      ...good,
      NATS_URL: `nats://${quiet}`,
      MONGODB_URI: `mongodb://${quiet}`,
      GEMINI_BASE_URL: `http://${quiet}`,
      CLOUDINARY_URL: cloudinary.url.replace(cloudinary.address, `http://${quiet}`),
      JWKS_URI: `http://${quiet}/keys`,
    });
    expect([exitCode, output.match(/^warn /gm)?.length]).toEqual([0, 5]);
    // 5 s for the checks, side by side; the rest is for loading the program from its sources
    expect(durationMs).toBeLessThan(15_000);
  });

  it('tells every fault of the settings at once, and looks at what can be read', async () => {
    const { exitCode, output, findings } = await findingsOf({
      ...good,
      IMAGE_MODEL: 'gemini',
      GOOGLE_API_KEY: '',
      GEMINI_TIMEOUT_SECONDS: '0',
      WAIT_SECONDS: 'long',
      CLOUDINARY_URL: `cloudinary://${SECRET}`,
      LOG_LEVEL: 'loud',
    });
    const faults = findings.filter(({ outcome }) => outcome === 'fail');
    expect([exitCode, faults.map(({ subject }) => subject)]).toEqual([1, Array(4).fill('settings')]);
    expect(faults.map(({ variable }) => variable).sort()).toEqual([
      'CLOUDINARY_URL',
      'GEMINI_TIMEOUT_SECONDS',
      'LOG_LEVEL',
      'WAIT_SECONDS',
    ]);
    expect(find(findings, 'nats')).toMatchObject({ outcome: 'ok' });
    expect(find(findings, 'image model')).toMatchObject({ outcome: 'warn', text: expect.stringContaining('mended first') });
    expect(secretsIn(output)).toEqual([]);
  });

  it('misses the key of a model that was asked for', async () => {
    const { exitCode, findings } = await findingsOf({ IMAGE_MODEL: 'gemini' });
    expect(exitCode).toBe(1);
    expect(find(findings, 'settings')).toMatchObject({ outcome: 'fail', variable: 'GOOGLE_API_KEY' });
  });

  it('names NATS_URL when the server does not accept the credentials', async () => {
    const guarded = createServer((socket) => {
      sockets.push(socket);
      socket.write('INFO {"server_id":"x","version":"2.10.0","max_payload":1048576,"auth_required":true}\r\n');
      socket.once('data', () => socket.end("-ERR 'Authorization Violation'\r\n"));
    }).listen(0, '127.0.0.1');
    await once(guarded, 'listening');
    const { exitCode, output, findings } = await findingsOf({ NATS_URL: `nats://facet:${PASSWORD}@${addressOf(guarded)}` });
    expect([exitCode, find(findings, 'nats')]).toMatchObject([1, { outcome: 'fail', variable: 'NATS_URL' }]);
    expect(secretsIn(output)).toEqual([]);
    guarded.close();
  });

  it('says what it does not understand', async () => {
    const { exitCode, output } = await runDoctor({}, ['--jsno']);
    expect([exitCode, output]).toEqual([1, expect.stringContaining("Unknown option '--jsno'")]);
  });
});

describeWithMongo('npm run doctor with MongoDB', () => {
  let mongo: RunningMongo;

  beforeAll(async () => {
    mongo = await startMongo();
  }, 120_000);

  afterAll(() => mongo.stop());

  it('sees that it answers', async () => {
    const { exitCode, findings } = await findingsOf({ MONGODB_URI: mongo.uri });
    expect([exitCode, find(findings, 'catalog')]).toMatchObject([0, { outcome: 'ok', text: expect.stringContaining('MongoDB at') }]);
  });
});
