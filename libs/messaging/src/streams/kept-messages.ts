import { jetstreamManager, type StoredMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

/**
 * The messages of one subject that a stream keeps, oldest first, each asked for by itself. What the NATS client makes for as much, of an
 * object or of a key's history, is a consumer that stays at the server for five minutes; from 2.15 on a stream has no more than a thousand.
 *
 * @param from the first sequence of interest
 * @throws what the client throws when NATS does not answer
 */
export async function* keptMessages(connection: NatsConnection, stream: string, subject: string, from = 1): AsyncGenerator<StoredMsg> {
  const manager = await jetstreamManager(connection, { checkAPI: false });
  const next = (seq: number): Promise<StoredMsg | null> => manager.direct.getMessage(stream, { seq, next_by_subj: subject });
  for (let message = await next(from); message; message = await next(message.seq + 1)) {
    yield message;
  }
}
