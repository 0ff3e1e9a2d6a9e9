import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { createAdapter } from './fastify-adapter';

@Module({})
class EmptyModule {}

describe('a request that comes to no route', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const module = await Test.createTestingModule({ imports: [EmptyModule] }).compile();
    app = module.createNestApplication<NestFastifyApplication>(createAdapter({ TRUST_PROXY: false }), { logger: false });
    app
      .getHttpAdapter()
      .getInstance()
      .get('/media/:folder/:file', () => 'a picture');
    await app.listen(0, '127.0.0.1');
  });

  afterAll(() => app.close());

  /** The answer to these very bytes. */
  const answerTo = async (text: string): Promise<{ status: number; id: string | undefined; body: unknown }> => {
    const { port } = app.getHttpServer().address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    let answer = '';
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString();
    });
    socket.write(text);
    await once(socket, 'close');
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    return {
      status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]),
      id: /^x-request-id: (.+)$/im.exec(head)?.[1]?.trim(),
      body: JSON.parse(body),
    };
  };
  const get = (path: string, ...headers: string[]): string =>
    `${[`GET ${path} HTTP/1.1`, 'Host: facet', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`;

  it.each<[what: string, status: number, request: string]>([
    ['an address that cannot be decoded', 400, get('/%')],
    ['a part of an address that cannot be decoded', 400, get('/media/a/%E0%A4%A')],
    ['a part of an address that is too long', 400, get(`/media/a/${'x'.repeat(101)}`)],
    ['headers that are too long', 431, get('/', `X-Long: ${'x'.repeat(17_000)}`)],
    ['what is no HTTP', 400, 'HELLO\r\n\r\n'],
  ])('is answered as any other: %s', async (_what, status, request) => {
    const answer = await answerTo(request);
    expect(answer).toEqual({
      status,
      id: expect.stringMatching(/^[\w-]{36}$/),
      body: { success: false, error: expect.any(String), code: 'invalid_request', retryable: false, request_id: answer.id },
    });
  });

  it('keeps the name that its client gave it', async () => {
    expect(await answerTo(get('/%', 'X-Request-Id: order-17'))).toMatchObject({ id: 'order-17', body: { request_id: 'order-17' } });
  });
});
