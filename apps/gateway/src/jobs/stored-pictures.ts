import { Inject, Injectable } from '@nestjs/common';
import { ImageStored, IMAGES_STREAM, type EventName, type Job } from '@facet/contracts';
import {
  CLOCKS_MS,
  eventLogAway,
  EventPublisher,
  JobStore,
  jsonOf,
  NATS_CONNECTION,
  pictureOf,
  readStream,
  type JobRevision,
} from '@facet/messaging';
import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

/** Longest search of the log, in ms: some hundred thousand pictures. It goes back to the job's beginning. */
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
   * @returns false, and nothing changes, when its picture is not found on the log
   * @throws FacetError `unavailable` (retryable) when the log cannot be read
   */
  async enterAgain(known: JobRevision): Promise<boolean> {
    const first = await this.firstStored(known.job).catch((cause: unknown) => {
      throw eventLogAway(cause);
    });
    if (first === null) {
      return false;
    }
    const reopened = await this.reopenedFor(known);
    if (reopened !== null) {
      await this.events.publish(STORED, { ...first.event, reopened }, first.sequence);
    }
    return true;
  }

  /**
   * How often the job has been begun anew, this time included if that is what it needs. `null` when it was entered or erased meanwhile.
   */
  private async reopenedFor(known: JobRevision): Promise<number | null> {
    const { id, state, reopened } = known.job;
    if (state === 'queued') {
      return reopened;
    }
    if (await this.jobs.reopen(known)) {
      return reopened + 1;
    }
    // another repeat of the same request may have been faster
    const found = await this.jobs.find(id);
    return found?.job.state === 'queued' && found.job.reopened === reopened + 1 ? reopened + 1 : null;
  }

  /**
   * The event by which a picture was stored first, and where the log has it. `null` when there is none, it cannot be read, or the search
   * takes too long: the job can begin from the start.
   */
  private async firstStored({ id, created_at }: Job): Promise<{ event: ImageStored; sequence: number } | null> {
    const since = new Date(Date.parse(created_at) - CLOCKS_MS);
    const part = { stream: IMAGES_STREAM, subject: STORED, since, headersOnly: true };
    for await (const message of readStream(this.log, part, AbortSignal.timeout(SEARCH_MS))) {
      if (pictureOf(message) === id) {
        const event = await this.eventAt(message.seq);
        return event && { event, sequence: message.seq };
      }
    }
    return null;
  }

  private async eventAt(sequence: number): Promise<ImageStored | null> {
    for await (const message of readStream(this.log, { stream: IMAGES_STREAM, from: sequence, until: sequence })) {
      return ImageStored.safeParse(jsonOf(message)).data ?? null;
    }
    return null;
  }
}
