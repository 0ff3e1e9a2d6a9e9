import { Injectable, Logger } from '@nestjs/common';
import { isTerminal } from '@facet/contracts';
import { FailureReporter, JobStore } from '@facet/messaging';
import { FacetError, Metrics, withLogContext } from '@facet/platform';
import pLimit from 'p-limit';
import { Counter } from 'prom-client';

/** Jobs that are ended at once. Each takes a few round trips. */
const CONCURRENCY = 16;

/** Ends jobs that nobody works on. */
@Injectable()
export class JobEnding {
  private readonly logger = new Logger(JobEnding.name);
  private readonly ended: Counter;

  constructor(
    private readonly jobs: JobStore,
    private readonly failures: FailureReporter,
    metrics: Metrics,
  ) {
    this.ended = new Counter({
      name: 'facet_jobs_swept_total',
      help: 'Jobs that nobody worked on any more, and that were ended past their deadline.',
      registers: [metrics.registry],
    });
  }

  /**
   * Ends those jobs that still are where they were found to be stuck. Ending one again changes nothing.
   *
   * @param position a job with a step behind this revision of the bucket has gone on, and is left alone
   * @returns how many were ended
   */
  async endAll(imageIds: readonly string[], position: number, signal: AbortSignal): Promise<number> {
    const limit = pLimit(CONCURRENCY);
    const outcomes = await Promise.all(imageIds.map((imageId) => limit(() => this.end(imageId, position, signal))));
    return outcomes.filter(Boolean).length;
  }

  private async end(imageId: string, position: number, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    const found = await this.jobs.find(imageId);
    if (!found || isTerminal(found.job.state) || found.revision > position) {
      return false;
    }
    const { user_id, request_id, reopened, state, updated_at } = found.job;
    const late = new FacetError('unavailable', 'This picture was not finished in time; please ask for it again.', { retryable: true });
    const job = { image_id: imageId, user_id, request_id, reopened };
    if (!(await this.failures.report(job, late, ({ revision }) => revision === found.revision))) {
      return false;
    }
    this.ended.inc();
    withLogContext({ image_id: imageId, request_id }, () => {
      this.logger.warn({ msg: 'job ended that nobody worked on any more', state, since: updated_at });
    });
    return true;
  }
}
