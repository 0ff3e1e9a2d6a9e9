import { FacetError } from '@facet/platform';
import { z } from 'zod';

/** What a user has asked for: the jobs of the day, and those that may not have ended yet. */
export const Usage = z.object({
  /** calendar day in UTC, such as `2026-11-23` */
  day: z.string(),
  /** jobs taken on that day */
  jobs: z.int().nonnegative(),
  pending: z.array(z.object({ image_id: z.string(), taken_at: z.iso.datetime() })),
  /** the receipt of the deletion of all of the user's data, for as long as nothing more may be asked for */
  closing: z.string().optional(),
});
export type Usage = z.infer<typeof Usage>;

/** What a user may ask for. */
export interface QuotaLimits {
  /** jobs that have not ended */
  pending: number;
  /** jobs a calendar day, in UTC */
  perDay: number;
}

/** When a user with too many jobs under way should look again, in seconds: about as long as a picture takes. */
const PENDING_RETRY_SECONDS = 10;

const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

/** The usage as it counts now: a new day begins at zero. */
export function usageAt(now: Date, known: Usage | null): Usage {
  const day = dayOf(now);
  return { ...known, day, jobs: known?.day === day ? known.jobs : 0, pending: known?.pending ?? [] };
}

/** True when a job is counted already: a repeat of its request counts nothing. */
export const isCounted = ({ pending }: Usage, imageId: string): boolean => pending.some(({ image_id }) => image_id === imageId);

/** The usage with one job more. */
export const withJob = (usage: Usage, imageId: string, now: Date): Usage => ({
  ...usage,
  jobs: usage.jobs + 1,
  pending: [...usage.pending, { image_id: imageId, taken_at: now.toISOString() }],
});

/** True when a job was refused for its user: nothing of it exists. */
export const isQuotaError = ({ code }: FacetError): boolean =>
  code === 'daily_limit_reached' || code === 'too_many_pending_jobs' || code === 'account_closing';

/** @throws FacetError `account_closing` for a user whose data are being deleted, or were a short time ago */
export function assertOpen({ closing }: Usage): void {
  if (closing !== undefined) {
    throw new FacetError('account_closing', 'This account is being deleted.');
  }
}

/** The limit that one job more would break, as the error to answer with, or `null`. */
export function exceededLimit({ jobs, pending }: Usage, limits: QuotaLimits, now: Date): FacetError | null {
  if (jobs >= limits.perDay) {
    return new FacetError('daily_limit_reached', `You have asked for ${limits.perDay} pictures today; please go on tomorrow (UTC).`, {
      retryable: true,
      details: { retry_after_seconds: secondsToMidnight(now) },
    });
  }
  if (pending.length >= limits.pending) {
    return new FacetError(
      'too_many_pending_jobs',
      `${limits.pending} of your pictures are still being made; please wait for one of them.`,
      {
        retryable: true,
        details: { retry_after_seconds: PENDING_RETRY_SECONDS },
      },
    );
  }
  return null;
}

const secondsToMidnight = (now: Date): number => {
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1);
  return Math.ceil((midnight - now.getTime()) / 1_000);
};
