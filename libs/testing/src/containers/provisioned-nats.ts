import type { NatsConnection } from '@nats-io/transport-node';
import type { RunningNats } from './running-nats';
import { startNats } from './start-nats';

/** NATS with Facet's streams and buckets, and a connection to it, which `stop` closes first. */
export interface ProvisionedNats extends RunningNats {
  connection: NatsConnection;
}

/**
 * Starts NATS and declares what every service may need. Not for a test of what happens before or while that is declared,
 * nor where the service under test declares it and the test needs no connection.
 *
 * @throws Error when there is no NATS to start, or it refuses a declaration; no server is left behind
 */
export async function startProvisionedNats(): Promise<ProvisionedNats> {
  // most unit tests need none of it, and it takes a third of a second to load
  const { connectNats, provisionNats } = await import('@facet/messaging');
  const nats = await startNats();
  // waits for it as long as it takes
  const connection = await connectNats(nats.url, 'test');
  const stop = (): Promise<void> => connection.close().finally(() => nats.stop());
  try {
    await provisionNats(connection);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...nats, connection, stop };
}
