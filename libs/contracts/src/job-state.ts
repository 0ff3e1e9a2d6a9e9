import type { Job, JobState } from './job';

const ORDER: Record<JobState, number> = {
  queued: 0,
  generating: 1,
  storing: 2,
  cataloging: 3,
  succeeded: 4,
  failed: 4,
  refused: 4,
};

/** True when nothing more will happen to the job by itself. */
export const isTerminal = (state: JobState): boolean => ORDER[state] === ORDER.succeeded;

/**
 * Whether a job may go from one state to another. Moves go forward only, so that a late or repeated message never
 * takes a job back; a state may be entered again (a further attempt of the same stage) unless it is terminal.
 */
export const canMove = (from: JobState, to: JobState): boolean => !isTerminal(from) && ORDER[to] >= ORDER[from];

/**
 * Whether a job may begin anew. Only one that failed: a picture that came to be stays, and the model's safety
 * rules would say the same again.
 */
export const canReopen = (state: JobState): boolean => state === 'failed';

/** Whether a repeat of its request begins a job anew: it failed in a way that may pass. */
export const repeatHelps = ({ state, error }: Pick<Job, 'state' | 'error'>): boolean => canReopen(state) && error?.retryable === true;
