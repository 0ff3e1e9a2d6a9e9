import type { JobError, ServiceName } from '@facet/contracts';
import type { FacetError } from '@facet/platform';
import type { EventPublisher } from '../events/event-publisher';
import type { JobRevision } from './job-revision';
import type { JobStore } from './job-store';

/** The job that failed, as its event names it. */
export interface FailedJob {
  image_id: string;
  user_id: string;
  request_id: string;
  /** how often it had been begun anew when it came to the event */
  reopened: number;
}

/** Ends a job that a stage gives up: its state for the one who waits, and `image.failed` for everybody else. */
export class FailureReporter {
  constructor(
    private readonly stage: ServiceName,
    private readonly publisher: EventPublisher,
    private readonly jobs: JobStore,
  ) {}

  /**
   * May be repeated: the second time changes nothing.
   *
   * @param isMeant as for `JobStore.fail`; default: the job has not been begun anew since it came to the event
   * @returns false, and nothing is said, when the job is not meant any more
   */
  async report(
    job: FailedJob,
    error: FacetError,
    isMeant: (found: JobRevision) => boolean = (found) => found.job.reopened <= job.reopened,
  ): Promise<boolean> {
    const refused = error.code === 'refused';
    const { code, message, retryable } = error;
    const failure: JobError = { stage: this.stage, code, message, retryable, ...delayOf(error) };
    if (!(await this.jobs.fail(job.image_id, refused ? 'refused' : 'failed', failure, isMeant))) {
      return false;
    }
    await this.publisher.publish('image.failed', {
      image_id: job.image_id,
      user_id: job.user_id,
      request_id: job.request_id,
      reopened: job.reopened,
      stage: this.stage,
      code,
      message,
      refused,
      failed_at: new Date().toISOString(),
    });
    return true;
  }
}

/** The provider's own delay, as a client is told it. */
function delayOf({ details: { retry_after_ms: delay } }: FacetError): Pick<JobError, 'retry_after_seconds'> {
  return typeof delay === 'number' && delay > 0 ? { retry_after_seconds: Math.ceil(delay / 1_000) } : {};
}
