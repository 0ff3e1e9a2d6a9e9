import { startNats, waitFor, type RunningNats } from '@facet/testing';
import type { NatsConnection } from '@nats-io/transport-node';
import { connectNats } from './nats-connector';
import { NatsPresence } from './nats-presence';

/** What the figures of the class promise, and a second for a machine that is busy with other tests. */
const NOTICED_MS = 3_500;

describe('NatsPresence', () => {
  let nats: RunningNats;
  let connection: NatsConnection;
  let presence: NatsPresence;

  beforeAll(async () => {
    nats = await startNats();
    connection = await connectNats(nats.url, 'presence');
    presence = NatsPresence.watch(connection);
  }, 60_000);

  afterAll(async () => {
    presence.stop();
    await connection.close();
    await nats.stop();
  });

  const noticed = (available: boolean): Promise<boolean> =>
    waitFor(() => presence.available === available, { timeoutMs: NOTICED_MS, what: available ? 'NATS to be back' : 'NATS to be away' });

  it('says that a server is there', () => {
    expect(presence.available).toBe(true);
  });

  it('notices a server that keeps its connections and says nothing, and its return', async () => {
    await nats.pause();
    await noticed(false);
    await nats.unpause();
    await noticed(true);
  }, 20_000);

  it('notices a server that was killed, and another in its place', async () => {
    const restarted = nats.restart();
    await noticed(false);
    await restarted;
    await noticed(true);
  }, 30_000);

  it('asks nothing more once it is stopped', async () => {
    presence.stop();
    await nats.pause();
    await expect(waitFor(() => !presence.available, { timeoutMs: NOTICED_MS })).rejects.toThrow('waited');
    await nats.unpause();
  }, 20_000);
});
