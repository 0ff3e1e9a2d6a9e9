import type { FacetError } from '@facet/platform';

/** Waits before the second, third, fourth and fifth attempt, in ms; every further one comes after the last of them. */
const RETRY_DELAYS_MS = [1_000, 5_000, 15_000, 30_000, 60_000];

/** Attempts that an event gets even past its job's deadline: it may have waited its turn behind many others until then. */
const LEAST_ATTEMPTS = 3;

/** Deliveries beside the attempts: processes that died at the event, or were killed, before they could settle it. */
const CRASH_ALLOWANCE = 5;

/** A delivery that failed, in time. */
export interface FailedDelivery {
  /** 1 for the first delivery */
  attempt: number;
  /** time since the event was put on the log, in ms */
  ageMs: number;
  /** age after which no attempt is begun any more, in ms */
  deadlineMs: number;
}

/** What becomes of a delivery whose handler failed. */
export type Settlement =
  | { kind: 'retry'; delayMs: number }
  /** the job ends; the event is kept apart for a person to look at */
  | { kind: 'dead_letter' }
  /** the job ends; the model's safety rules said no, which is no fault */
  | { kind: 'refused' };

/** Wait after an attempt, in ms. */
const delayAfter = (attempt: number): number => RETRY_DELAYS_MS[attempt - 1] ?? Math.max(...RETRY_DELAYS_MS);

/**
 * Decides what becomes of a failed delivery: what may pass is tried again until the job's deadline, and not before a
 * provider's own delay (`retry_after_ms` of the error's details) is over.
 */
export function settlementOf(error: FacetError, { attempt, ageMs, deadlineMs }: FailedDelivery): Settlement {
  if (error.code === 'refused') {
    return { kind: 'refused' };
  }
  const asked = error.details['retry_after_ms'];
  const delayMs = Math.max(delayAfter(attempt), typeof asked === 'number' ? asked : 0);
  const waited = attempt < LEAST_ATTEMPTS ? 0 : ageMs;
  return error.retryable && waited + delayMs <= deadlineMs ? { kind: 'retry', delayMs } : { kind: 'dead_letter' };
}

/**
 * Deliveries of one event that are worked on at all: those that the delays leave room for before the deadline, and some
 * for crashes. A picture that kills whoever works on it must not do so for ever.
 */
export function maxDeliveries(deadlineMs: number): number {
  let attempts = 1;
  for (let ageMs = delayAfter(1); ageMs <= deadlineMs; ageMs += delayAfter(attempts)) {
    attempts += 1;
  }
  return Math.max(attempts, LEAST_ATTEMPTS) + CRASH_ALLOWANCE;
}
