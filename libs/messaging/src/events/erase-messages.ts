import { jetstream, jetstreamManager, type JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { readStream } from './read-stream';

/** Where messages are looked for, and which of them are meant. */
interface ErasedMessages {
  stream: string;
  /** the first that may be one of them came no earlier, by the server's clock */
  since: Date;
  /** whether a message is to go; asked without its payload where `headersOnly` says so */
  isMeant: (message: JsMsg) => boolean;
  headersOnly: boolean;
}

/**
 * Deletes messages from a stream; the server overwrites what they said. Doing it again finds nothing more.
 *
 * @returns their sequences
 */
export async function eraseMessages(connection: NatsConnection, { stream, isMeant, ...part }: ErasedMessages): Promise<number[]> {
  const manager = await jetstreamManager(connection);
  const found: number[] = [];
  for await (const message of readStream(jetstream(connection), { stream, ...part })) {
    if (isMeant(message)) {
      found.push(message.seq);
    }
  }
  for (const sequence of found) {
    await manager.streams.deleteMessage(stream, sequence, true);
  }
  return found;
}
