import { Inject, Injectable } from '@nestjs/common';
import { DEADLETTERS_STREAM, deadLetterSubject, ImageStored, IMAGES_STREAM, type EventName } from '@facet/contracts';
import { eraseMessages, findMessages, NATS_CONNECTION, readStream } from '@facet/messaging';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { payloadMember } from './payload-member';

/** Messages that are looked at in one step, which takes well under a second. */
const STEP = 5_000;

/** What a request leaves behind that came to no picture. What belongs to a picture goes with its purge, and not before that is done. */
const OF_REQUESTS: readonly EventName[] = ['image.requested', 'image.generated', 'image.failed'];
const LETTERS = OF_REQUESTS.map(deadLetterSubject);

/** A picture that the log tells of. */
export interface PictureOnLog {
  event: ImageStored;
  /** position of the event */
  sequence: number;
}

/** What the streams hold of a user none of whose pictures is left. */
@Injectable()
export class UserEvents {
  constructor(@Inject(NATS_CONNECTION) private readonly connection: NatsConnection) {}

  /**
   * Erases a user's requests from a part of the log. May be repeated.
   *
   * @param from position to begin at
   * @returns how many went, the pictures that are told of there, and where to go on; `null` at the end of the log
   */
  async eraseSome(userId: string, from: number): Promise<{ events: number; pictures: PictureOnLog[]; next: number | null }> {
    const found: number[] = [];
    const pictures: PictureOnLog[] = [];
    let [seen, next]: [number, number | null] = [0, null];
    for await (const { seq, subject, data } of readStream(jetstream(this.connection), { stream: IMAGES_STREAM, from })) {
      if (seen === STEP) {
        next = seq;
        break;
      }
      seen += 1;
      if (isOneOf(OF_REQUESTS, subject) && payloadMember(data, 'user_id') === userId) {
        found.push(seq);
      } else if (subject === ('image.stored' satisfies EventName) && payloadMember(data, 'user_id') === userId) {
        const event = ImageStored.safeParse(JSON.parse(new TextDecoder().decode(data)));
        pictures.push(...(event.success ? [{ event: event.data, sequence: seq }] : []));
      }
    }
    await eraseMessages(this.connection, IMAGES_STREAM, found);
    return { events: found.length, pictures, next };
  }

  /** Erases the dead letters of a user's requests. @returns how many */
  async eraseLetters(userId: string): Promise<number> {
    const found = await findMessages(this.connection, {
      stream: DEADLETTERS_STREAM,
      since: new Date(0),
      headersOnly: false,
      isMeant: ({ subject, data }) => isOneOf(LETTERS, subject) && payloadMember(data, 'user_id') === userId,
    });
    await eraseMessages(this.connection, DEADLETTERS_STREAM, found);
    return found.length;
  }
}

const isOneOf = (names: readonly string[], name: string): boolean => names.includes(name);
