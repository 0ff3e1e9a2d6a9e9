import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { loadConfig } from '@facet/platform';
import { startNats, waitFor, type RunningNats } from '@facet/testing';
import { gatewayConfigSchema } from '../gateway.config';
import { GatewayModule } from '../gateway.module';
import { createAdapter } from './fastify-adapter';
import { prepareHttp } from './prepare-http';

/** Less than the shortest time-out of whatever would ask NATS, in ms: who is answered by then has not waited for one. */
const AT_ONCE_MS = 1_400;

interface Answer {
  status: number;
  retryAfter: string | null;
  body: Record<string, unknown>;
  /** ms */
  took: number;
}

describe('the gateway while NATS is away', () => {
  let nats: RunningNats;
  let app: NestFastifyApplication;
  let url: string;

  beforeAll(async () => {
    nats = await startNats();
    const config = loadConfig(gatewayConfigSchema, { NATS_URL: nats.url, JWT_SECRET: 'a secret that only this test knows' });
    const module = await Test.createTestingModule({ imports: [GatewayModule.forRoot(config)] }).compile();
    app = module.createNestApplication<NestFastifyApplication>(createAdapter(config), { logger: false });
    await prepareHttp(app, config);
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  }, 60_000);

  afterAll(async () => {
    await app.close();
  });

  const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const began = performance.now();
    const response = await fetch(`${url}${path}`, { ...init, signal: AbortSignal.timeout(15_000) });
    const body = (await response.json()) as Answer['body'];
    return { status: response.status, retryAfter: response.headers.get('retry-after'), body, took: performance.now() - began };
  };
  const login = (): Promise<Answer> =>
    ask('/auth/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'nobody@example.com', password: 'correct horse battery' }),
    });
  const readiness = async (): Promise<number> => (await ask('/health/ready')).status;
  const noticed = (): Promise<boolean> =>
    waitFor(async () => (await ask('/imgbackendapp/user-images')).status === 503, { what: 'the gateway to notice' });
  const isBack = (): Promise<boolean> => waitFor(async () => (await readiness()) === 200, { what: 'the gateway to be ready again' });

  /** A whole answer off a connection, which stays open. */
  const answerOn = async (socket: Socket): Promise<string> => {
    let text = '';
    const collect = (chunk: Buffer): void => {
      text += chunk.toString();
    };
    socket.on('data', collect);
    await waitFor(() => text.includes('"request_id"'), { intervalMs: 5, what: 'an answer' });
    socket.off('data', collect);
    return text;
  };

  it('answers as ever while NATS is there', async () => {
    expect(await readiness()).toBe(200);
    expect(await login()).toMatchObject({ status: 401 });
  });

  describe('with a server that says nothing', () => {
    beforeAll(async () => {
      await nats.pause();
      await noticed();
    }, 20_000);

    afterAll(async () => {
      await nats.unpause();
      await isBack();
      expect(await login()).toMatchObject({ status: 401 });
    }, 20_000);

    it.each([
      ['POST', '/auth/login'],
      ['POST', '/imgbackendapp/'],
      ['POST', '/imgbackendapp/regenerate'],
      ['GET', '/imgbackendapp/user-images'],
      ['GET', '/jobs/65f000000000000000000000'],
      ['GET', '/jobs/65f000000000000000000000/events'],
      ['GET', '/media/folder/file.jpg'],
    ])('%s %s is told to come again, at once', async (method, path) => {
      const answer = await ask(path, { method });
      expect(answer).toMatchObject({ status: 503, retryAfter: '2', body: { success: false, code: 'unavailable', retryable: true } });
      expect(answer.body).toEqual(expect.objectContaining({ error: expect.any(String), request_id: expect.any(String) }));
      expect(answer.took).toBeLessThan(AT_ONCE_MS);
    });

    it.each(['/health/live', '/health/live/', '/docs/openapi.json'])('%s is answered as ever', async (path) => {
      expect(await ask(path)).toMatchObject({ status: 200 });
    });

    it('/health/ready says what is missing, at once', async () => {
      const answer = await ask('/health/ready');
      expect(answer).toMatchObject({ status: 503, body: { error: { nats: { status: 'down' } } } });
      expect(answer.took).toBeLessThan(AT_ONCE_MS);
    });

    it('/metrics is answered as ever', async () => {
      expect((await fetch(`${url}/metrics`)).status).toBe(200);
    });

    it('what is nowhere is still nowhere', async () => {
      expect(await ask('/nowhere')).toMatchObject({ status: 404 });
    });

    it('refuses an upload without waiting for its end', async () => {
      const form = new FormData();
      form.append('image', new Blob([new Uint8Array(20_000_000)]), 'photo.jpg');
      const answer = await ask('/imgbackendapp/', { method: 'POST', body: form });
      expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
      expect(answer.took).toBeLessThan(AT_ONCE_MS);
    });

    it('answers a client that is in the middle of its upload, lets it finish, and goes on with the same connection', async () => {
      const size = 5_000_000;
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      await once(socket, 'connect');
      socket.write(`POST /imgbackendapp/ HTTP/1.1\r\nhost: facet\r\ncontent-type: multipart/form-data; boundary=x\r\n`);
      socket.write(`content-length: ${size}\r\n\r\n`);
      socket.write(Buffer.alloc(1_000));
      expect(await answerOn(socket)).toMatch(/^HTTP\/1\.1 503 /);
      const written = new Promise((resolve) => socket.write(Buffer.alloc(size - 1_000), resolve));
      await written;
      socket.write('GET /jobs/65f000000000000000000000 HTTP/1.1\r\nhost: facet\r\n\r\n');
      expect(await answerOn(socket)).toMatch(/^HTTP\/1\.1 503 /);
      socket.destroy();
    });
  });

  it('goes on after the server was killed and started again', async () => {
    await nats.restart();
    await isBack();
    expect(await login()).toMatchObject({ status: 401 });
  }, 30_000);

  it('answers requests that NATS left in the middle of their work: all of them, while it is away', async () => {
    await nats.pause();
    const question = ask('/media/folder/file.jpg');
    const logins = Array.from({ length: 5 }, login);
    const [asked, ...others] = await Promise.all([question, ...logins]);
    await nats.unpause();
    await isBack();
    expect(asked).toMatchObject({ status: 503, retryAfter: '2', body: { code: 'unavailable' } });
    expect(others.filter(({ status }) => status !== 503)).toEqual([]);
    expect(await login()).toMatchObject({ status: 401 });
  }, 30_000);

  it('tells the same when the server is gone for good, and stops none the less', async () => {
    await nats.stop();
    await noticed();
    expect(await login()).toMatchObject({ status: 503, retryAfter: '2', body: { code: 'unavailable' } });
    expect(await ask('/health/live')).toMatchObject({ status: 200 });
    expect(await ask('/health/ready')).toMatchObject({ status: 503 });
  }, 30_000);
});
