import { startNats, waitFor, type RunningNats } from '@facet/testing';
import { TimeoutError, type NatsConnection } from '@nats-io/transport-node';
import { connectNats } from './nats-connector';

/** Far longer than a test lasts: whoever waits for so long has not been told. */
const NEVER_MS = 600_000;

describe('a request', () => {
  let nats: RunningNats;
  let connection: NatsConnection;

  beforeAll(async () => {
    nats = await startNats();
    connection = await connectNats(nats.url, 'requests');
  }, 60_000);

  afterAll(async () => {
    await connection.close();
    await nats.stop();
  });

  it('ends when the connection is there again that its answer was lost with, and not before', async () => {
    const order: string[] = [];
    void (async () => {
      for await (const { type } of connection.status()) {
        order.push(type);
      }
    })();
    let hasArrived = false;
    connection.subscribe('silence', {
      callback: () => {
        hasArrived = true;
      },
    });
    const lost = connection.request('silence', '', { timeout: NEVER_MS }).finally(() => order.push('ended'));
    lost.catch(() => undefined);
    await waitFor(() => hasArrived, { what: 'the request to arrive' });
    await nats.restart();
    await expect(lost).rejects.toBeInstanceOf(TimeoutError);
    expect(order.indexOf('ended')).toBeGreaterThan(order.indexOf('reconnect'));
    expect(order).toContain('reconnect');
  }, 30_000);

  it('is answered as ever, or has nobody to answer it', async () => {
    connection.subscribe('echo', {
      callback: (_error, message) => {
        message.respond(message.data);
      },
    });
    expect((await connection.request('echo', 'hello')).string()).toBe('hello');
    await expect(connection.request('nobody', '')).rejects.toThrow(/no responders/i);
  });
});
