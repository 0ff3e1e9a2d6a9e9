import { jetstream, jetstreamManager, type JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { readStream } from './read-stream';

/** Where messages are looked for, and which of them are meant. */
interface MeantMessages {
  stream: string;
  isMeant: (message: JsMsg) => boolean;
}

/** @returns sequences of the messages that are meant, in order */
export async function findMessages(connection: NatsConnection, { stream, isMeant }: MeantMessages): Promise<number[]> {
  const found: number[] = [];
  for await (const message of readStream(jetstream(connection), { stream, from: 1 })) {
    if (isMeant(message)) {
      found.push(message.seq);
    }
  }
  return found;
}

/** Deletes messages from a stream; the server overwrites what they said. Those that are gone, by somebody else perhaps, are passed over. */
export async function eraseMessages(connection: NatsConnection, stream: string, sequences: readonly number[]): Promise<void> {
  const manager = await jetstreamManager(connection);
  for (const sequence of sequences) {
    try {
      await manager.streams.deleteMessage(stream, sequence, true);
    } catch (error) {
      // the server's answer does not tell why it did not delete
      if ((await manager.streams.getMessage(stream, { seq: sequence })) !== null) {
        throw error;
      }
    }
  }
}
