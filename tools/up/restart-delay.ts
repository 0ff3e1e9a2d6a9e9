const FIRST_MS = 200;
const LONGEST_MS = 10_000;

/** A process that was ready for this long is healthy: its next end begins a new row of failures. In milliseconds. */
export const HEALTHY_AFTER_MS = 10_000;

/**
 * How long to wait before a start again after `failures` ends in a row: not at all after the first, then 0.2 s, doubling,
 * at most 10 s. None at all (0) is a process that was asked to end.
 */
export function restartDelayMs(failures: number): number {
  return failures < 2 ? 0 : Math.min(FIRST_MS * 2 ** (failures - 2), LONGEST_MS);
}
