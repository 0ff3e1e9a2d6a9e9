import { Injectable } from '@nestjs/common';
import { queuedJob, repeatHelps, type ImageRequested, type Job } from '@facet/contracts';
import { assertNotHeld, EventPublisher, JobStore, type JobRevision } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import { UserQuota } from '../quotas/user-quota';
import { JobsService } from './jobs.service';
import { StoredPictures } from './stored-pictures';

/** How a request may be repeated. */
interface Identity {
  /** digest of the request's content */
  fingerprint: string;
  /** the client sent an idempotency key, and may send the request again */
  keyed: boolean;
}

/** Lost races before a request gives up. Only a handful of processes ever write to one job. */
const MAX_RACES = 10;

/** Puts jobs on their way: the state first, then the event. */
@Injectable()
export class JobSubmission {
  constructor(
    private readonly store: JobStore,
    private readonly jobs: JobsService,
    private readonly events: EventPublisher,
    private readonly quota: UserQuota,
    private readonly stored: StoredPictures,
  ) {}

  /**
   * Whether a request with this idempotency key has been taken already, so that there is nothing to submit. A job that
   * is still `queued` is submitted again: its event may have been lost with the gateway that was to publish it. So is one
   * that failed, where its client was told that a repeat may help, unless its picture has come to the catalog after all. One whose
   * picture has been stored goes on at the catalog, by this very call.
   *
   * @throws FacetError `idempotency_mismatch` when the key was used for another request; as `assertNotHeld`; as `UserQuota.take`
   */
  async isUnderWay(imageId: string, userId: string, { fingerprint, keyed }: Identity): Promise<boolean> {
    if (!keyed) {
      return false;
    }
    const known = await this.store.find(imageId);
    if (known) {
      const { job } = known;
      assertSameRequest(job, fingerprint);
      if (job.state !== 'queued' && (!repeatHelps(job) || (await this.hasCome(imageId, userId)))) {
        return true;
      }
      // before its pictures are made safe for nothing
      assertNotHeld(job);
      return job.stored && this.entersAgain(known);
    }
    return (await this.jobs.catalogedRecord(imageId, userId)) !== null;
  }

  /** As `UserQuota.assertRoom`: before an upload is read for nothing. */
  assertRoom(userId: string, imageId: string): Promise<void> {
    return this.quota.assertRoom(userId, imageId);
  }

  /**
   * Creates the job, or begins it anew where a repeat helps, and publishes its event. Doing it again for the same job
   * changes nothing.
   *
   * @throws FacetError as `UserQuota.take`
   */
  async submit(event: ImageRequested, { fingerprint, keyed }: Identity): Promise<void> {
    const job = queuedJob(event, fingerprint);
    const { id } = job;
    await this.quota.take(job.user_id, id);
    const reopened = (await this.store.create(job)) ? 0 : await this.timesReopened(id, fingerprint);
    try {
      await this.events.publish('image.requested', { ...event, reopened });
    } catch (error) {
      await this.giveUp(id, keyed, FacetError.from(error));
      throw error;
    }
  }

  /** Whether a job whose picture has been stored goes on at the catalog. It is one of its user's jobs again, as any that is begun anew. */
  private async entersAgain(known: JobRevision): Promise<boolean> {
    await this.quota.take(known.job.user_id, known.job.id);
    return this.stored.enterAgain(known);
  }

  /** Whether the picture of a job that failed is in the catalog: it was entered after somebody had given it up. */
  private async hasCome(imageId: string, userId: string): Promise<boolean> {
    const record = await this.jobs.catalogedRecord(imageId, userId);
    if (record) {
      await this.store.succeed(imageId, record);
    }
    return record !== null;
  }

  /** How often a known job has been begun anew, this time included if that is what it needs. */
  private async timesReopened(imageId: string, fingerprint: string): Promise<number> {
    for (let race = 0; race < MAX_RACES; race += 1) {
      const known = await this.store.find(imageId);
      if (!known) {
        return 0;
      }
      assertSameRequest(known.job, fingerprint);
      if (!repeatHelps(known.job)) {
        return known.job.reopened;
      }
      if (await this.store.reopen(known)) {
        return known.job.reopened + 1;
      }
      // somebody has written to it: another repeat of the same request, or whoever takes back what it has stored
    }
    throw new FacetError('unavailable', 'This picture is asked for by too many at once.', { retryable: true });
  }

  /** Nobody can ask for this job again without a key, so it must not stay queued for ever. */
  private async giveUp(imageId: string, keyed: boolean, { code, message, retryable }: FacetError): Promise<void> {
    if (!keyed) {
      // when this fails too, NATS is away altogether; the client is told so by the error that led here
      await this.store.move(imageId, 'failed', { error: { stage: 'gateway', code, message, retryable } }).catch(() => false);
    }
  }
}

function assertSameRequest(known: Job, fingerprint: string): void {
  if (known.fingerprint !== fingerprint) {
    throw new FacetError('idempotency_mismatch', 'This Idempotency-Key was used for another request.');
  }
}
