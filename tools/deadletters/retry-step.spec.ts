import { JobState } from '@facet/contracts';
import { retryStep, type Logged } from './retry-step';

const NOTHING = { isRetried: false, isOvertaken: false };
const stepAt = (state: JobState, logged: Partial<Logged> = {}) => retryStep({ state }, { ...NOTHING, ...logged });

describe('a retry', () => {
  it('begins a failed job anew, and makes one that is gone', () => {
    expect(stepAt('failed')).toBe('reopen');
    expect(retryStep(null, NOTHING)).toBe('create');
  });

  it('goes on where an earlier one broke off after it had reopened the job', () => {
    expect(stepAt('queued')).toBe('publish');
  });

  it('has nothing but the letter left once the event is on the log, however far the job has come', () => {
    const logged = { isRetried: true, isOvertaken: true };
    expect([retryStep(null, logged), ...JobState.options.map((state) => stepAt(state, logged))]).toEqual(
      Array(JobState.options.length + 1).fill('delete'),
    );
  });

  it('makes no picture that has been stored meanwhile, however its job has ended', () => {
    const keep = 'its picture has been stored meanwhile';
    const logged = { isRetried: false, isOvertaken: true };
    expect([retryStep(null, logged), stepAt('failed', logged), stepAt('queued', logged)]).toEqual([{ keep }, { keep }, { keep }]);
    expect(stepAt('succeeded', logged)).toEqual({ keep: 'its job has succeeded meanwhile' });
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
