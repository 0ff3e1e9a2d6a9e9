import { DEADLETTERS_STREAM } from '@facet/contracts';
import { readStream } from '@facet/messaging';
import { jetstream, JetStreamApiCodes, JetStreamApiError, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { letterOf, type Letter } from './letter';

/** The dead letters that are kept. */
export class Letters {
  private constructor(
    private readonly connection: NatsConnection,
    private readonly manager: JetStreamManager,
  ) {}

  static async open(connection: NatsConnection): Promise<Letters> {
    return new Letters(connection, await jetstreamManager(connection));
  }

  /** All that there are now, oldest first. */
  async *all(): AsyncGenerator<Letter> {
    for await (const message of readStream(jetstream(this.connection), { stream: DEADLETTERS_STREAM, from: 1 })) {
      yield letterOf(message, message.headers);
    }
  }

  /** The letter, or `null` when there is none of that sequence (any more). */
  async find(sequence: number): Promise<Letter | null> {
    const message = await this.manager.streams.getMessage(DEADLETTERS_STREAM, { seq: sequence }).catch(nullIfNotFound);
    return message && letterOf(message, message.header);
  }

  /** Deletes a letter and overwrites its content. One that is gone already is no error. */
  async delete(sequence: number): Promise<void> {
    try {
      await this.manager.streams.deleteMessage(DEADLETTERS_STREAM, sequence);
    } catch (error) {
      if (await this.find(sequence)) {
        throw error;
      }
    }
  }
}

function nullIfNotFound(error: unknown): null {
  if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.NoMessageFound) {
    return null;
  }
  throw error;
}
