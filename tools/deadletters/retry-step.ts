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

/** What the log tells, looked up after the job was read. */
export interface Logged {
  /** whether the letter's event has been put there again */
  isRetried: boolean;
  /** whether the event is one on the way to a picture that has been stored since: to make it again would be paid again */
  isOvertaken: boolean;
}

/** @param job `null` when there is none (any more) */
export function retryStep(job: Pick<Job, 'state'> | null, { isRetried, isOvertaken }: Logged): RetryStep {
  if (isRetried) {
    return 'delete';
  }
  const state = job?.state ?? null;
  if (state !== null && state !== 'failed' && state !== 'queued') {
    return { keep: REASONS[state] };
  }
  if (isOvertaken) {
    return { keep: 'its picture has been stored meanwhile' };
  }
  switch (state) {
    case null:
      return 'create';
    case 'failed':
      return 'reopen';
    case 'queued':
      return 'publish';
  }
}
