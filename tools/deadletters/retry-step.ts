import type { Job, JobState } from '@facet/contracts';

/** What a retry does next, by what is known of the letter's job. */
export type RetryStep =
  /** the job has failed: it begins anew */
  | 'reopen'
  /** the job is gone by age: it is made anew from its event */
  | 'create'
  /** the job is open: an earlier retry has seen to it, and came no further */
  | 'publish'
  /** the event is on the log again: an earlier retry came as far as that, only its letter is left */
  | 'delete'
  /** nothing can be retried, and this is why; the letter stays */
  | { keep: string };

const REASONS: Record<Exclude<JobState, 'queued' | 'failed'>, string> = {
  generating: 'its job is being worked on (generating)',
  storing: 'its job is being worked on (storing)',
  cataloging: 'its job is being worked on (cataloging)',
  succeeded: 'its job has succeeded meanwhile',
  refused: 'its job was refused by the safety rules of the model',
};

/**
 * @param job `null` when there is none (any more)
 * @param isOnLog whether the letter's event has been put on the log again; looked up after the job was read
 */
export function retryStep(job: Pick<Job, 'state'> | null, isOnLog: boolean): RetryStep {
  if (isOnLog) {
    return 'delete';
  }
  if (!job) {
    return 'create';
  }
  switch (job.state) {
    case 'failed':
      return 'reopen';
    case 'queued':
      return 'publish';
    default:
      return { keep: REASONS[job.state] };
  }
}
