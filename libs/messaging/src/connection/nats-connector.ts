import { Logger } from '@nestjs/common';
import { connect, type ConnectionOptions, type NatsConnection } from '@nats-io/transport-node';

/** How every connection of ours behaves: it never gives up, and says so when NATS goes and comes. */
export const natsOptions = (servers: string, name: string): ConnectionOptions => ({
  servers: servers.split(',').map((server) => server.trim()),
  name,
  maxReconnectAttempts: -1,
  reconnectTimeWait: 250,
  reconnectJitter: 100,
  waitOnFirstConnect: true,
  pingInterval: 10_000,
});

/** Connects to NATS, waiting for it if it is not up yet. */
export async function connectNats(servers: string, name: string): Promise<NatsConnection> {
  const connection = await connect(natsOptions(servers, name));
  void logStatus(connection);
  return connection;
}

async function logStatus(connection: NatsConnection): Promise<void> {
  const logger = new Logger('nats');
  for await (const status of connection.status()) {
    if (status.type === 'disconnect' || status.type === 'error') {
      logger.warn({ msg: `nats: ${status.type}` });
    } else if (status.type === 'reconnect') {
      logger.log({ msg: 'nats: reconnected' });
    }
  }
}
