import { TimeoutError, type Msg, type NatsConnection } from '@nats-io/transport-node';

/**
 * Lets a request end, as timed out, as soon as the connection is there again that its answer was lost with. The client itself
 * waits for the whole time-out, 5 s for most of what JetStream is asked, and whoever waits does nothing else meanwhile.
 *
 * Not before the return: what is done about a failure, another try or a settlement, needs NATS.
 *
 * @param connection is changed: its `request()`, which KV, object stores and publishes to JetStream use
 */
export function endLostRequests(connection: NatsConnection): void {
  const waiting = new Set<(reason: Error) => void>();
  const request = connection.request.bind(connection);
  connection.request = (...call) =>
    new Promise<Msg>((resolve, reject) => {
      waiting.add(reject);
      request(...call)
        .then(resolve, reject)
        .finally(() => waiting.delete(reject));
    });
  void endAtReconnect(connection, waiting);
}

async function endAtReconnect(connection: NatsConnection, waiting: ReadonlySet<(reason: Error) => void>): Promise<void> {
  for await (const { type } of connection.status()) {
    if (type === 'reconnect') {
      [...waiting].forEach((end) => {
        end(new TimeoutError({ cause: new Error('the connection was lost before the answer came') }));
      });
    }
  }
}
