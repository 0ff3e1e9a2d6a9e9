import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { ImagePurged, IMAGES_STREAM, imageIdOfMessage, type EventName } from '@facet/contracts';
import { jsonOf, NATS_CONNECTION, readStream } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { firstMoment } from './first-moment';

/** Purges that share a pass at most. */
const MOST = 1_000;

/** A purge that waits to be ended. */
interface Waiting {
  /** position of the event */
  purged: number;
  /** positions of what the log says of the picture before that */
  events: number[];
}

/**
 * Finds what the log says of purged pictures. A pass over a log of millions of events takes minutes: it looks for all whose purge
 * waits in the log, and there is one at a time.
 */
@Injectable()
export class LogSearch implements BeforeApplicationShutdown {
  private found = new Map<number, Waiting>();
  private last: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();

  constructor(@Inject(NATS_CONNECTION) private readonly connection: NatsConnection) {}

  /**
   * @param purged position of a picture's `image.purged`
   * @returns positions of the picture's events before that, in order
   * @throws FacetError `unavailable` (retryable) when the process stops meanwhile
   */
  async eventsBefore(purged: number): Promise<number[]> {
    const turn = this.last.catch(() => undefined).then(() => (this.found.has(purged) ? undefined : this.pass(purged)));
    this.last = turn;
    await turn;
    const events = this.found.get(purged)?.events ?? [];
    this.found.delete(purged);
    return events;
  }

  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }

  private async pass(purged: number): Promise<void> {
    const { byPicture, since } = await this.waitingFrom(purged);
    const part = { stream: IMAGES_STREAM, since, headersOnly: true };
    for await (const { seq, headers } of readStream(jetstream(this.connection), part, this.stopping.signal)) {
      const waiting = byPicture.get(imageIdOfMessage(headers?.get('Nats-Msg-Id') ?? '') ?? '') ?? [];
      for (const { events } of waiting.filter((purge) => seq < purge.purged)) {
        events.push(seq);
      }
    }
    if (this.stopping.signal.aborted) {
      throw new FacetError('unavailable', 'The service is stopping.', { retryable: true });
    }
    this.found = new Map([...byPicture.values()].flat().map((purge) => [purge.purged, purge]));
  }

  /** The purges from a position on, and the first moment at which one of their pictures may have been asked for. */
  private async waitingFrom(purged: number): Promise<{ byPicture: Map<string, Waiting[]>; since: Date }> {
    const byPicture = new Map<string, Waiting[]>();
    let [seen, since] = [0, new Date()];
    const part = { stream: IMAGES_STREAM, from: purged, subject: 'image.purged' satisfies EventName };
    for await (const message of readStream(jetstream(this.connection), part, this.stopping.signal)) {
      const event = ImagePurged.safeParse(jsonOf(message));
      // what goes with its account is looked for by nobody here
      if (event.success && !event.data.of_account) {
        const { tombstone } = event.data;
        byPicture.set(tombstone.image_id, [...(byPicture.get(tombstone.image_id) ?? []), { purged: message.seq, events: [] }]);
        since = new Date(Math.min(since.getTime(), firstMoment(tombstone).getTime()));
      }
      seen += 1;
      if (seen === MOST) {
        break;
      }
    }
    return { byPicture, since };
  }
}
