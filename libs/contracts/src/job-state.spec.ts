import { JobState, type JobError } from './job';
import { canMove, canReopen, isTerminal, repeatHelps } from './job-state';

const FORWARD = ['queued', 'generating', 'storing', 'cataloging', 'succeeded'] as const;

describe('job states', () => {
  it('go forward, steps may be left out', () => {
    FORWARD.forEach((from, index) => {
      for (const to of FORWARD.slice(index + 1)) {
        expect([from, to, canMove(from, to)]).toEqual([from, to, true]);
      }
    });
  });

  it('never go back', () => {
    FORWARD.forEach((from, index) => {
      for (const to of FORWARD.slice(0, index)) {
        expect([from, to, canMove(from, to)]).toEqual([from, to, false]);
      }
    });
  });

  it('may be entered again by a further attempt, unless they are the end', () => {
    for (const state of JobState.options) {
      expect([state, canMove(state, state)]).toEqual([state, !isTerminal(state)]);
    }
  });

  it('end once: nothing follows success, failure or refusal', () => {
    for (const end of ['succeeded', 'failed', 'refused'] as const) {
      expect(JobState.options.some((to) => canMove(end, to))).toBe(false);
    }
  });

  it('are left for a new beginning after a failure only', () => {
    expect(JobState.options.filter(canReopen)).toEqual(['failed']);
  });

  it('begin anew with a repeat of their request when the failure may pass', () => {
    const error = (retryable: boolean): JobError => ({ stage: 'media', code: 'unavailable', message: 'away', retryable });
    const helps = (state: JobState, of: JobError | null): boolean => repeatHelps({ state, error: of });
    expect([helps('failed', error(true)), helps('failed', error(false))]).toEqual([true, false]);
    expect([helps('queued', null), helps('refused', error(true)), helps('succeeded', null)]).toEqual([false, false, false]);
  });
});
