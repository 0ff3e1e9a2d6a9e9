const FIRST_MS = 200;
const LONGEST_MS = 10_000;

/** A process that was ready for this long is healthy: its next end begins a new row of failures. In milliseconds. */
export const HEALTHY_AFTER_MS = 30_000;

/** How long to wait before a start again after `failures` ends in a row (1 or more): 0.2 s, doubling, at most 10 s. */
export function restartDelayMs(failures: number): number {
  return Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS);
}
