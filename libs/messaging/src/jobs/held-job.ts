import type { Job } from '@facet/contracts';
import { FacetError } from '@facet/platform';
import type { JobRevision } from './job-revision';

/** A job that is held, as that was written. */
export interface Hold extends JobRevision {
  /** until when somebody else has held it already, or left it alone */
  others?: string;
}

/** Longest time, in s, that a client is told to wait: mostly it is over within one. */
const LONGEST_TOLD_S = 5;

const msLeft = ({ held_until }: Job): number => (held_until === undefined ? 0 : Date.parse(held_until) - Date.now());

/** Whether what a job has stored is being taken away. */
export const isHeld = (job: Job): boolean => msLeft(job) > 0;

/** @throws FacetError `unavailable` (retryable, with `retry_after_seconds`) while a job is held */
export function assertNotHeld(job: Job): void {
  if (isHeld(job)) {
    const details = { retry_after_seconds: Math.min(Math.ceil(msLeft(job) / 1_000), LONGEST_TOLD_S) };
    throw new FacetError('unavailable', 'An earlier try at this picture is still being cleared away; please ask again.', {
      retryable: true,
      details,
    });
  }
}
