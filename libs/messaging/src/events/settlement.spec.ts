import { FacetError } from '@facet/platform';
import { maxDeliveries, settlementOf, type FailedDelivery } from './settlement';

const away = (details = {}) => new FacetError('unavailable', 'away', { retryable: true, details });
const delivery = (facts: Partial<FailedDelivery> = {}): FailedDelivery => ({ attempt: 1, ageMs: 50, deadlineMs: 600_000, ...facts });

describe('settlementOf', () => {
  it('retries what may pass, later each time', () => {
    const delays = [1, 2, 3, 4, 5, 6, 20].map((attempt) => settlementOf(away(), delivery({ attempt })));
    const seconds = [1, 5, 15, 30, 60, 60, 60];
    expect(delays).toEqual(seconds.map((delay) => ({ kind: 'retry', delayMs: delay * 1_000 })));
  });

  it('keeps the event apart when no attempt fits before the deadline', () => {
    expect(settlementOf(away(), delivery({ attempt: 4, ageMs: 570_000 }))).toEqual({ kind: 'retry', delayMs: 30_000 });
    expect(settlementOf(away(), delivery({ attempt: 4, ageMs: 570_001 }))).toEqual({ kind: 'dead_letter' });
  });

  it('gives an event that came late to its turn three attempts all the same', () => {
    const late = { ageMs: 3_600_000 };
    const kinds = [1, 2, 3].map((attempt) => settlementOf(away(), delivery({ ...late, attempt })).kind);
    expect(kinds).toEqual(['retry', 'retry', 'dead_letter']);
  });

  it('honours a longer delay that the provider asked for, never a shorter one', () => {
    expect(settlementOf(away({ retry_after_ms: 20_000 }), delivery())).toEqual({ kind: 'retry', delayMs: 20_000 });
    expect(settlementOf(away({ retry_after_ms: 20 }), delivery())).toEqual({ kind: 'retry', delayMs: 1_000 });
  });

  it('does not wait for a provider that wants to be asked after the deadline', () => {
    expect(settlementOf(away({ retry_after_ms: 600_001 }), delivery())).toEqual({ kind: 'dead_letter' });
  });

  it('does not retry what cannot pass', () => {
    expect(settlementOf(new FacetError('model_failed', 'no such model'), delivery())).toEqual({ kind: 'dead_letter' });
  });

  it('ends a refusal without a dead letter', () => {
    expect(settlementOf(new FacetError('refused', 'The model refused.', { retryable: true }), delivery())).toEqual({ kind: 'refused' });
  });
});

describe('maxDeliveries', () => {
  it('leaves room for every attempt before the deadline, and for five crashes', () => {
    // after 1, 6, 21 and 51 seconds, then each minute until 591
    expect(maxDeliveries(600_000)).toBe(14 + 5);
    expect(maxDeliveries(5_000)).toBe(3 + 5);
  });
});
