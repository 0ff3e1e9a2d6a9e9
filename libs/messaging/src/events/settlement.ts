import type { FacetError } from '@facet/platform';

/** Waits before the second, third, fourth and fifth attempt, in ms. */
const RETRY_DELAYS_MS = [1_000, 5_000, 30_000, 120_000];

/** Attempts that an event gets at one stage. */
export const MAX_ATTEMPTS = RETRY_DELAYS_MS.length + 1;

/**
 * Deliveries of one event that are worked on at all. More than attempts come only when processes die at it, or stop,
 * before they can settle it: a picture that kills whoever works on it must not do so for ever.
 */
export const MAX_DELIVERIES = 10;

/** What becomes of a delivery whose handler failed. */
export type Settlement =
  | { kind: 'retry'; delayMs: number }
  /** the job ends; the event is kept apart for a person to look at */
  | { kind: 'dead_letter' }
  /** the job ends; the model's safety rules said no, which is no fault */
  | { kind: 'refused' };

/**
 * Decides what becomes of a failed delivery.
 *
 * @param attempt 1 for the first delivery
 */
export function settlementOf(error: FacetError, attempt: number): Settlement {
  if (error.code === 'refused') {
    return { kind: 'refused' };
  }
  const delay = RETRY_DELAYS_MS[attempt - 1];
  if (!error.retryable || delay === undefined) {
    return { kind: 'dead_letter' };
  }
  const asked = error.details['retry_after_ms'];
  return { kind: 'retry', delayMs: typeof asked === 'number' ? Math.max(asked, delay) : delay };
}
