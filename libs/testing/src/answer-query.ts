import type { NatsConnection } from '@nats-io/transport-node';

/** What another service answers, or the error that it throws instead. */
type Said = { response: unknown } | { err: { code: string; message: string; retryable: boolean } };

/** Plays the service that answers a query, as answers travel, until the connection is closed. */
export async function answerQuery(connection: NatsConnection, query: string, say: (data: unknown) => Said): Promise<void> {
  for await (const message of connection.subscribe(query)) {
    const { id, data } = message.json<{ id: string; data: unknown }>();
    message.respond(JSON.stringify({ id, ...say(data), isDisposed: true }));
  }
}
