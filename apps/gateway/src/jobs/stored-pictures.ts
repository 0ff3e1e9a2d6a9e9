import { Inject, Injectable } from '@nestjs/common';
import { ImageStored, IMAGES_STREAM, type EventName, type Job } from '@facet/contracts';
import { EventPublisher, JobStore, jsonOf, NATS_CONNECTION, pictureOf, readStream, type JobRevision } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

/** How far the clocks of gateways and NATS may be apart, in ms. */
const CLOCKS_MS = 3_600_000;

/** Longest search of the log, in ms. It goes back to the job's beginning, a week at most. */
const SEARCH_MS = 10_000;

const STORED: EventName = 'image.stored';

/** Pictures that are on the log as stored, and whose jobs were given up before the catalog had them. */
@Injectable()
export class StoredPictures {
  private readonly log: JetStreamClient;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    private readonly jobs: JobStore,
    private readonly events: EventPublisher,
  ) {
    this.log = jetstream(connection);
  }

  /**
   * Begins a job anew at the catalog alone: what is stored is neither made nor paid for a second time. The catalog enters the picture by
   * the event that was first, as a replay of the log does. Doing it again changes nothing.
   *
   * @returns false, and nothing changes, when its picture is not on the log
   * @throws FacetError `unavailable` (retryable) when that cannot be told in time
   */
  async enterAgain(known: JobRevision): Promise<boolean> {
    const { job } = known;
    const first = job.stored ? await this.firstStored(job) : null;
    if (first === null) {
      return false;
    }
    const isOpen = job.state === 'queued';
    if (!isOpen) {
      // whoever was faster, with the same request, has done the same
      await this.jobs.reopen(known);
    }
    await this.events.publish(STORED, { ...first.event, reopened: job.reopened + (isOpen ? 0 : 1) }, first.sequence);
    return true;
  }

  /** The event by which a picture was stored first, and where the log has it. `null` when it has none, or one that cannot be read. */
  private async firstStored({ id, created_at }: Job): Promise<{ event: ImageStored; sequence: number } | null> {
    const since = new Date(Date.parse(created_at) - CLOCKS_MS);
    const ending = AbortSignal.timeout(SEARCH_MS);
    for await (const message of readStream(this.log, { stream: IMAGES_STREAM, subject: STORED, since }, ending)) {
      if (pictureOf(message) === id) {
        const event = ImageStored.safeParse(jsonOf(message)).data;
        return event ? { event, sequence: message.seq } : null;
      }
    }
    if (ending.aborted) {
      throw new FacetError('unavailable', 'The event log takes too long to search.', { retryable: true });
    }
    return null;
  }
}
