import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

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
