import { performance } from 'node:perf_hooks';

/** Work that is compared with other work. */
type Work = () => Promise<unknown>;

/** Median times of two works, ms, and how the first compares with the second. Done in turns, so that both meet the same machine. */
export async function compare(one: Work, other: Work, rounds: number): Promise<{ one: number; other: number; ratio: number }> {
  const [ones, others]: [number[], number[]] = [[], []];
  for (let n = -3; n < rounds; n += 1) {
    const [a, b] = [await timed(one), await timed(other)];
    // the first rounds warm caches up
    if (n >= 0) {
      ones.push(a);
      others.push(b);
    }
  }
  const [first, second] = [median(ones), median(others)];
  return { one: first, other: second, ratio: first / second };
}

/** How often a work is done in a second by so many at once. @param work tells whether it was done */
export async function throughput(work: () => Promise<boolean>, concurrency: number, milliseconds: number): Promise<number> {
  const began = performance.now();
  let done = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() - began < milliseconds) {
      const wasDone = await work();
      // not `done += await …`, which reads before it waits, and loses what the others count meanwhile
      done += wasDone ? 1 : 0;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return (done / (performance.now() - began)) * 1_000;
}

async function timed(work: Work): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** The middle one, or the upper of the two. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
