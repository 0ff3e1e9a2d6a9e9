import { Logger } from '@nestjs/common';
import { connect, type ConnectionOptions, type NatsConnection } from '@nats-io/transport-node';
import { endLostRequests } from './end-lost-requests';

/** A server's address, with the credentials that it may carry: `[scheme://][user[:password]@]host[:port]`. */
const ADDRESS = /^(?:[a-z]+:\/\/)?(?:(?<user>[^:@]+)(?::(?<password>[^@]*))?@)?(?<host>.+)$/;

/**
 * How every connection of ours behaves: it never gives up, and says so when NATS goes and comes.
 *
 * @param servers comma-separated; credentials in the first address are used for all of them, percent-decoded
 */
export function natsOptions(servers: string, name: string): ConnectionOptions {
  const addresses = servers.split(',').map((server) => ADDRESS.exec(server.trim())?.groups ?? { host: server.trim() });
  const { user, password } = addresses[0] ?? {};
  return {
    servers: addresses.map(({ host }) => host ?? ''),
    // the client itself does not look for credentials in an address
    ...(user !== undefined && { user: decodeURIComponent(user), pass: decodeURIComponent(password ?? '') }),
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 100,
    waitOnFirstConnect: true,
    pingInterval: 10_000,
  };
}

/** Connects to NATS, waiting for it if it is not up yet. */
export async function connectNats(servers: string, name: string): Promise<NatsConnection> {
  const connection = await connect(natsOptions(servers, name));
  endLostRequests(connection);
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
