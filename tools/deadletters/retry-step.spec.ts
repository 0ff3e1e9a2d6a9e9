import { JobState } from '@facet/contracts';
import { retryStep } from './retry-step';

const stepAt = (state: JobState, isOnLog = false) => retryStep({ state }, isOnLog);

describe('a retry', () => {
  it('begins a failed job anew, and makes one that is gone', () => {
    expect(stepAt('failed')).toBe('reopen');
    expect(retryStep(null, false)).toBe('create');
  });

  it('goes on where an earlier one broke off after it had reopened the job', () => {
    expect(stepAt('queued')).toBe('publish');
  });

  it('has nothing but the letter left once the event is on the log, however far the job has come', () => {
    expect([retryStep(null, true), ...JobState.options.map((state) => stepAt(state, true))]).toEqual(
      Array(JobState.options.length + 1).fill('delete'),
    );
  });

  it.each([
    ['generating', 'its job is being worked on (generating)'],
    ['storing', 'its job is being worked on (storing)'],
    ['cataloging', 'its job is being worked on (cataloging)'],
    ['succeeded', 'its job has succeeded meanwhile'],
    ['refused', 'its job was refused by the safety rules of the model'],
  ] as const)('leaves a job alone that is %s, and says so', (state, keep) => {
    expect(stepAt(state)).toEqual({ keep });
  });
});
