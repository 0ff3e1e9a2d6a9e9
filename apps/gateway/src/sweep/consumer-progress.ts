import type { ServiceName } from '@facet/contracts';

/** A service's durable consumer as it was found at one moment. */
export interface ConsumerLook {
  service: ServiceName;
  /** differs as soon as an event was delivered or acknowledged; `null` while there is nothing to do */
  mark: string | null;
  /** jobs, of those that were asked for, with an event that the service has not acknowledged yet */
  awaiting: ReadonlySet<string>;
}

/** Since when, in ms of the server's clock, a consumer that has something to do has been found with the same mark. */
export type Progress = Record<string, { mark: string; since: number }>;

/** What was known of the consumers when they were last looked at. */
export interface EarlierLook {
  /** ms of the server's clock */
  at: number;
  progress: Progress;
}

/**
 * What is known after a further look. After a gap all begins anew: while nobody looked, and as likely as not nobody worked
 * either, as when NATS was away or everything is started again, standing still says nothing.
 *
 * @param now ms of the server's clock
 */
export function progressAfter(looks: readonly ConsumerLook[], now: number, earlier: EarlierLook, longestGapMs: number): Progress {
  const known = now - earlier.at <= longestGapMs ? earlier.progress : {};
  const entries = looks.flatMap(({ service, mark }) => {
    const before = known[service];
    return mark === null ? [] : [[service, before?.mark === mark ? before : { mark, since: now }] as const];
  });
  return Object.fromEntries(entries);
}

/**
 * Whether nobody will ever work on a job that has not ended: no service has an event of it left to handle, or those that
 * have are not there. A job that waits its turn behind others is not stuck, however long it waits.
 */
export function isStuck(
  imageId: string,
  looks: readonly ConsumerLook[],
  { progress, now, absentAfterMs }: { progress: Progress; now: number; absentAfterMs: number },
): boolean {
  return looks
    .filter(({ awaiting }) => awaiting.has(imageId))
    .every(({ service }) => now - (progress[service]?.since ?? now) >= absentAfterMs);
}
