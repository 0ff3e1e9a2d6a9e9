import { Inject, Injectable } from '@nestjs/common';
import { DEADLETTERS_STREAM, IMAGES_STREAM, type EventName } from '@facet/contracts';
import { eraseMessages, NATS_CONNECTION, pictureOf, readStream } from '@facet/messaging';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { LogSearch, type OnStreams } from './log-search';

/** What the streams hold of one picture. */
@Injectable()
export class PictureEvents {
  constructor(
    @Inject(NATS_CONNECTION) private readonly connection: NatsConnection,
    private readonly search: LogSearch,
  ) {}

  /** Whether a picture was restored between two positions of the log, also when that has not been handled yet. */
  async isRestored(imageId: string, after: number, before: number): Promise<boolean> {
    const part = { stream: IMAGES_STREAM, from: after + 1, subject: 'image.restored' satisfies EventName, headersOnly: true };
    for await (const message of readStream(jetstream(this.connection), part)) {
      if (message.seq > before) {
        return false;
      }
      if (pictureOf(message) === imageId) {
        return true;
      }
    }
    return false;
  }

  /** @param purged position of the picture's `image.purged` */
  find(imageId: string, purged: number): Promise<OnStreams> {
    return this.search.find(imageId, purged);
  }

  erase(sequences: readonly number[]): Promise<void> {
    return eraseMessages(this.connection, IMAGES_STREAM, sequences);
  }

  eraseLetters(sequences: readonly number[]): Promise<void> {
    return eraseMessages(this.connection, DEADLETTERS_STREAM, sequences);
  }
}
