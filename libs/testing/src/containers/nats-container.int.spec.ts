import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { waitFor } from '../wait-for';
import { startLocalNats } from './local-nats';
import { startNatsContainer } from './nats-container';
import type { RunningNats } from './running-nats';

/** Both ways of having a server are the same to a test. */
describe.each([
  { name: 'NATS in a container', start: startNatsContainer },
  { name: 'NATS as a local process', start: startLocalNats },
])('$name', ({ start }) => {
  let nats: RunningNats;
  let connection: NatsConnection;

  beforeAll(async () => {
    nats = await start();
    connection = await connect({ servers: nats.url, maxReconnectAttempts: -1, reconnectTimeWait: 50 });
  }, 60_000);

  afterAll(async () => {
    await connection.close();
    await nats.stop();
  });

  it('keeps address and store over a restart', async () => {
    await (await jetstreamManager(connection)).streams.add({ name: 'KEPT', subjects: ['kept.*'] });
    await nats.restart();
    const state = await waitFor(async () => (await (await jetstreamManager(connection)).streams.info('KEPT')).config, {
      what: 'the stream',
    });
    expect(state.subjects).toEqual(['kept.*']);
  }, 30_000);

  it('is gone after a kill, until its restart', async () => {
    await nats.kill();
    await expect(connect({ servers: nats.url, maxReconnectAttempts: 0, timeout: 500 })).rejects.toThrow();
    await nats.restart();
    expect(await waitFor(() => connection.rtt(), { what: 'an answer' })).toBeGreaterThanOrEqual(0);
  }, 30_000);

  it('answers nothing while it is paused', async () => {
    await nats.pause();
    await expect(Promise.race([connection.rtt(), silence(300)])).resolves.toBe('silence');
    await nats.unpause();
    expect(await waitFor(() => connection.rtt(), { what: 'an answer' })).toBeGreaterThanOrEqual(0);
  });
});

const silence = (ms: number): Promise<string> => new Promise((resolve) => setTimeout(() => resolve('silence'), ms));
