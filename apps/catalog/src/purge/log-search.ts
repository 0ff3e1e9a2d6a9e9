import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DEADLETTERS_STREAM, ImagePurged, IMAGES_STREAM, type EventName } from '@facet/contracts';
import { jsonOf, NATS_CONNECTION, pictureOf, readStream } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { firstMoment } from './first-moment';
import { payloadMember } from './payload-member';

/** Purges that share a pass at most. */
const MOST = 1_000;

/** What the streams say of a picture: positions, in order. */
export interface OnStreams {
  /** in the log, before its purge */
  events: number[];
  dead_letters: number[];
}

/** A purge that waits to be ended. */
interface Waiting extends OnStreams {
  /** position of the event */
  purged: number;
  image_id: string;
}

/**
 * Finds what the log and the dead letters say of purged pictures. A pass over a log of millions of events takes minutes: it looks for
 * all whose purge waits in the log, and there is one at a time.
 */
@Injectable()
export class LogSearch implements BeforeApplicationShutdown {
  /** of the last pass: who comes again, or late, finds it still */
  private found = new Map<number, Waiting>();
  private last: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();

  constructor(@Inject(NATS_CONNECTION) private readonly connection: NatsConnection) {}

  /**
   * @param purged position of the picture's `image.purged`
   * @throws FacetError `unavailable` (retryable) when the process stops meanwhile
   */
  async find(imageId: string, purged: number): Promise<OnStreams> {
    const turn = this.last.catch(() => undefined).then(() => (this.known(imageId, purged) ? undefined : this.pass(purged)));
    this.last = turn;
    await turn;
    return this.known(imageId, purged) ?? { events: [], dead_letters: [] };
  }

  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }

  /** Of this very picture: a log that was deleted and made anew counts from 1 again. */
  private known(imageId: string, purged: number): Waiting | null {
    const found = this.found.get(purged);
    return found?.image_id === imageId ? found : null;
  }

  private async pass(purged: number): Promise<void> {
    const { byPicture, since, until } = await this.waitingFrom(purged);
    const log = jetstream(this.connection);
    const part = { stream: IMAGES_STREAM, since, until, headersOnly: true };
    for await (const message of readStream(log, part, this.stopping.signal)) {
      const waiting = byPicture.get(pictureOf(message) ?? '') ?? [];
      for (const { events } of waiting.filter(({ purged: end }) => message.seq < end)) {
        events.push(message.seq);
      }
    }
    for await (const { seq, data } of readStream(log, { stream: DEADLETTERS_STREAM, from: 1 }, this.stopping.signal)) {
      // a letter is named by the position of its event; only the event itself names its picture
      for (const { dead_letters } of byPicture.get(String(payloadMember(data, 'image_id'))) ?? []) {
        dead_letters.push(seq);
      }
    }
    if (this.stopping.signal.aborted) {
      throw new FacetError('unavailable', 'The service is stopping.', { retryable: true });
    }
    this.found = new Map([...byPicture.values()].flat().map((purge) => [purge.purged, purge]));
  }

  /** The purges from a position on, and the part of the log that may speak of their pictures. */
  private async waitingFrom(purged: number): Promise<{ byPicture: Map<string, Waiting[]>; since: Date; until: number }> {
    const byPicture = new Map<string, Waiting[]>();
    let [seen, since, until] = [0, new Date(), purged];
    const part = { stream: IMAGES_STREAM, from: purged, subject: 'image.purged' satisfies EventName };
    for await (const message of readStream(jetstream(this.connection), part, this.stopping.signal)) {
      const event = ImagePurged.safeParse(jsonOf(message));
      // what goes with its account is looked for by nobody here
      if (event.success && !event.data.of_account) {
        const { image_id, tombstone } = event.data;
        const waiting = { purged: message.seq, image_id, events: [], dead_letters: [] };
        byPicture.set(image_id, [...(byPicture.get(image_id) ?? []), waiting]);
        until = message.seq;
        since = new Date(Math.min(since.getTime(), firstMoment(tombstone).getTime()));
      }
      seen += 1;
      if (seen === MOST) {
        break;
      }
    }
    return { byPicture, since, until };
  }
}
