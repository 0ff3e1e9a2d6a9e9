import { Inject, Injectable } from '@nestjs/common';
import { DEADLETTERS_STREAM, IMAGES_STREAM, imageIdOfMessage, type EventName, type Tombstone } from '@facet/contracts';
import { eraseMessages, findMessages, NATS_CONNECTION, readStream } from '@facet/messaging';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { payloadMember } from './payload-member';

/** How far the clocks of gateways and NATS may be apart, in ms: the log is read from so long before a picture was asked for. */
const CLOCKS_MS = 3_600_000;

/** What the streams hold of one picture. */
@Injectable()
export class PictureEvents {
  constructor(@Inject(NATS_CONNECTION) private readonly connection: NatsConnection) {}

  /** Whether a picture was restored between two positions of the log, also when that has not been handled yet. */
  async isRestored(imageId: string, after: number, before: number): Promise<boolean> {
    const part = { stream: IMAGES_STREAM, from: after + 1, subject: 'image.restored' satisfies EventName, headersOnly: true };
    for await (const { seq, headers } of readStream(jetstream(this.connection), part)) {
      if (seq > before) {
        return false;
      }
      if (imageIdOfMessage(headers?.get('Nats-Msg-Id') ?? '') === imageId) {
        return true;
      }
    }
    return false;
  }

  /** @param before the event that is not among them, nor what is behind it @returns sequences of a picture's events in the log */
  find({ image_id, created_at }: Tombstone, before: number): Promise<number[]> {
    return findMessages(this.connection, {
      stream: IMAGES_STREAM,
      since: beforeMaking(created_at),
      headersOnly: true,
      isMeant: ({ seq, headers }) => seq < before && imageIdOfMessage(headers?.get('Nats-Msg-Id') ?? '') === image_id,
    });
  }

  /** @returns sequences of a picture's dead letters */
  findLetters({ image_id, created_at }: Tombstone): Promise<number[]> {
    return findMessages(this.connection, {
      stream: DEADLETTERS_STREAM,
      since: beforeMaking(created_at),
      headersOnly: false,
      // a letter is named by the position of its event; only the event itself names its picture
      isMeant: ({ data }) => payloadMember(data, 'image_id') === image_id,
    });
  }

  erase(sequences: readonly number[]): Promise<void> {
    return eraseMessages(this.connection, IMAGES_STREAM, sequences);
  }

  eraseLetters(sequences: readonly number[]): Promise<void> {
    return eraseMessages(this.connection, DEADLETTERS_STREAM, sequences);
  }
}

const beforeMaking = (createdAt: string): Date => new Date(Date.parse(createdAt) - CLOCKS_MS);
