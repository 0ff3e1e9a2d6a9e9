import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fastify, type FastifyInstance } from 'fastify';
import { Farewell } from './farewell';

/** A client that keeps one connection, as browsers and proxies do. */
class Client {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(private readonly port: number) {}

  async ask(): Promise<IncomingMessage> {
    const request = get({ host: '127.0.0.1', port: this.port, path: '/', agent: this.agent });
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    answer.resume();
    await once(answer, 'end');
    // a turn of the loop later the agent has its connection back
    await new Promise((resolve) => setImmediate(resolve));
    return answer;
  }

  leave(): void {
    this.agent.destroy();
  }
}

describe('a gateway that is told to stop', () => {
  let server: FastifyInstance;
  let farewell: Farewell;
  let port: number;

  beforeEach(async () => {
    server = fastify();
    farewell = new Farewell();
    farewell.attach(server);
    server.get('/', () => 'an answer');
    await server.listen({ port: 0, host: '127.0.0.1' });
    ({ port } = server.server.address() as AddressInfo);
  });

  afterEach(() => server.close());

  it('answers once more on each connection, says that it was the last time, and takes no others', async () => {
    const [one, another] = [new Client(port), new Client(port)];
    expect((await one.ask()).headers.connection).toBe('keep-alive');
    expect((await another.ask()).headers.connection).toBe('keep-alive');
    const began = performance.now();
    const left = farewell.beforeApplicationShutdown('SIGTERM');
    await expect(new Client(port).ask()).rejects.toThrow('ECONNREFUSED');
    for (const client of [one, another]) {
      const { statusCode, headers } = await client.ask();
      expect([statusCode, headers.connection]).toEqual([200, 'close']);
    }
    await left;
    expect(performance.now() - began).toBeLessThan(3_900);
  });

  it('does not wait for ever for a client that says nothing more', async () => {
    const client = new Client(port);
    await client.ask();
    const began = performance.now();
    await farewell.beforeApplicationShutdown('SIGTERM');
    expect(performance.now() - began).toBeGreaterThanOrEqual(3_900);
    await server.close();
    client.leave();
  }, 20_000);

  it('waits for nobody when all of Facet stops', async () => {
    const client = new Client(port);
    await client.ask();
    const began = performance.now();
    await farewell.beforeApplicationShutdown('SIGINT');
    expect(performance.now() - began).toBeLessThan(3_000);
    client.leave();
  });
});
