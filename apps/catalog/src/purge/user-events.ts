import { Inject, Injectable, Logger } from '@nestjs/common';
import { DEADLETTERS_STREAM, ImageStored, IMAGES_STREAM, type EventName } from '@facet/contracts';
import { eraseMessages, jsonOf, NATS_CONNECTION, readStream } from '@facet/messaging';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { payloadMember } from './payload-member';

/** Messages that are looked at in one step, which takes well under a second. */
const STEP = 5_000;

/** Messages that are erased in one step at most: each is asked for alone. */
const ERASED = 1_000;

/** What of a purged picture stays on the log. */
const STAYS: EventName = 'image.purged';

/** What was done in a step. */
interface Erased {
  /** how many went */
  events: number;
  /** where to go on; `null` at the end of the log */
  next: number | null;
}

/** What the streams hold of a user all of whose pictures are purged. */
@Injectable()
export class UserEvents {
  private readonly logger = new Logger(UserEvents.name);

  constructor(@Inject(NATS_CONNECTION) private readonly connection: NatsConnection) {}

  /**
   * Erases what a part of the log says of a user. May be repeated.
   *
   * @param from position to begin at
   * @param isLost whether a picture that the log tells of was not purged, as the catalog had never heard of it. The step ends before it.
   */
  async eraseSome(userId: string, from: number, isLost: (event: ImageStored, sequence: number) => Promise<boolean>): Promise<Erased> {
    const found: number[] = [];
    let [seen, next]: [number, number | null] = [0, null];
    for await (const message of readStream(jetstream(this.connection), { stream: IMAGES_STREAM, from })) {
      const { seq, subject, data } = message;
      if (seen === STEP || found.length === ERASED) {
        next = seq;
        break;
      }
      seen += 1;
      if (subject === STAYS || payloadMember(data, 'user_id') !== userId) {
        continue;
      }
      const stored = subject === ('image.stored' satisfies EventName) ? ImageStored.safeParse(jsonOf(message)) : null;
      if (stored?.success && (await isLost(stored.data, seq))) {
        next = seq;
        break;
      }
      if (stored?.success === false) {
        // where its files are, this alone may say
        this.logger.error({ msg: 'an event of a deleted account cannot be read, and stays', sequence: seq });
      } else {
        found.push(seq);
      }
    }
    await eraseMessages(this.connection, IMAGES_STREAM, found);
    return { events: found.length, next };
  }

  /** Erases a user's dead letters. @returns how many */
  async eraseLetters(userId: string): Promise<number> {
    const found: number[] = [];
    for await (const { seq, data } of readStream(jetstream(this.connection), { stream: DEADLETTERS_STREAM, from: 1 })) {
      if (payloadMember(data, 'user_id') === userId) {
        found.push(seq);
      }
    }
    await eraseMessages(this.connection, DEADLETTERS_STREAM, found);
    return found.length;
  }
}
