import { FacetError } from '@facet/platform';
import { MAX_ATTEMPTS, settlementOf } from './settlement';

const away = (details = {}) => new FacetError('unavailable', 'away', { retryable: true, details });

describe('settlementOf', () => {
  it('retries what may pass, later each time', () => {
    const delays = [1, 2, 3, 4].map((attempt) => settlementOf(away(), attempt));
    expect(delays).toEqual([1_000, 5_000, 30_000, 120_000].map((delayMs) => ({ kind: 'retry', delayMs })));
  });

  it('keeps the event apart after the last attempt', () => {
    expect(settlementOf(away(), MAX_ATTEMPTS)).toEqual({ kind: 'dead_letter' });
  });

  it('honours a longer delay that the provider asked for, never a shorter one', () => {
    expect(settlementOf(away({ retry_after_ms: 20_000 }), 1)).toEqual({ kind: 'retry', delayMs: 20_000 });
    expect(settlementOf(away({ retry_after_ms: 20 }), 1)).toEqual({ kind: 'retry', delayMs: 1_000 });
  });

  it('does not retry what cannot pass', () => {
    expect(settlementOf(new FacetError('model_failed', 'no such model'), 1)).toEqual({ kind: 'dead_letter' });
  });

  it('ends a refusal without a dead letter', () => {
    expect(settlementOf(new FacetError('refused', 'The model refused.', { retryable: true }), 1)).toEqual({ kind: 'refused' });
  });
});
