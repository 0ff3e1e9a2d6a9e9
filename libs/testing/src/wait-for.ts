import { inspect } from 'node:util';

interface WaitForOptions {
  /** default 20 s */
  timeoutMs?: number;
  /** pause between two checks, default 25 ms */
  intervalMs?: number;
  /** named in the failure, such as `the job to succeed` */
  what?: string;
}

const TIMED_OUT = Symbol('timed out');

/**
 * Polls until `check` gives something truthy, and gives it back. Tests wait for what they expect, never for a time.
 * A check that throws is tried again; one that never answers does not outlive the deadline.
 *
 * @throws Error with what was waited for and what the last check gave; if that threw, it is the `cause`
 */
export async function waitFor<T>(
  check: () => T | Promise<T>,
  { timeoutMs = 20_000, intervalMs = 25, what = 'the condition' }: WaitForOptions = {},
): Promise<NonNullable<T>> {
  const deadline = Date.now() + timeoutMs;
  let last: { value: unknown } | { error: unknown } | undefined;
  do {
    try {
      const value = await within(deadline - Date.now(), Promise.resolve(check()));
      if (value === TIMED_OUT) {
        break;
      }
      if (value) {
        return value;
      }
      last = { value };
    } catch (error) {
      last = { error };
    }
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  } while (Date.now() < deadline);
  const cause = last && 'error' in last ? last.error : undefined;
  throw new Error(`waited ${timeoutMs} ms for ${what}: ${outcomeOf(last)}`, { cause });
}

async function within<T>(ms: number, work: Promise<T>): Promise<T | typeof TIMED_OUT> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<typeof TIMED_OUT>((resolve) => {
    timer = setTimeout(() => resolve(TIMED_OUT), ms);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function outcomeOf(last: { value: unknown } | { error: unknown } | undefined): string {
  if (!last) {
    return 'the check never answered';
  }
  return 'error' in last
    ? `the last check threw ${last.error instanceof Error ? last.error.message : inspect(last.error)}`
    : `the last check gave ${inspect(last.value, { depth: 3, breakLength: Infinity })}`;
}
