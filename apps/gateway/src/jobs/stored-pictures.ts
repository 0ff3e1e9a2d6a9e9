import { Inject, Injectable } from '@nestjs/common';
import { ImageStored, IMAGES_STREAM, type EventName, type Job } from '@facet/contracts';
import { EventPublisher, JobStore, jsonOf, NATS_CONNECTION, pictureOf, readStream, type JobRevision } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

/** How far the clocks of gateways and NATS may be apart, in ms. */
const CLOCKS_MS = 3_600_000;

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
    const { job } = known;
    const sequence = await this.firstStored(job);
    const event = sequence === null ? null : await this.eventAt(sequence);
    if (sequence === null || event === null) {
      return false;
    }
    const reopened = job.reopened + (job.state === 'queued' ? 0 : 1);
    if (job.state === 'queued' || (await this.isReopened(known, reopened))) {
      await this.events.publish(STORED, { ...event, reopened }, sequence);
    }
    return true;
  }

  /** Whether the job is begun anew, by this call or by another with the same request, and not entered or erased meanwhile. */
  private async isReopened(known: JobRevision, reopened: number): Promise<boolean> {
    if (await this.jobs.reopen(known)) {
      return true;
    }
    const found = await this.jobs.find(known.job.id);
    return found !== null && found.job.state === 'queued' && found.job.reopened === reopened;
  }

  /** Where the log has the picture first; `null` also when it takes too long to search: the job can begin from the start. */
  private async firstStored({ id, created_at }: Job): Promise<number | null> {
    const since = new Date(Date.parse(created_at) - CLOCKS_MS);
    return this.reading(async () => {
      const part = { stream: IMAGES_STREAM, subject: STORED, since, headersOnly: true };
      for await (const message of readStream(this.log, part, AbortSignal.timeout(SEARCH_MS))) {
        if (pictureOf(message) === id) {
          return message.seq;
        }
      }
      return null;
    });
  }

  /** `null` when it cannot be read, or was erased since. */
  private async eventAt(sequence: number): Promise<ImageStored | null> {
    return this.reading(async () => {
      for await (const message of readStream(this.log, { stream: IMAGES_STREAM, from: sequence, until: sequence })) {
        return message.seq === sequence ? (ImageStored.safeParse(jsonOf(message)).data ?? null) : null;
      }
      return null;
    });
  }

  private async reading<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (cause) {
      throw new FacetError('unavailable', 'The event log does not answer at the moment.', { retryable: true, cause });
    }
  }
}
