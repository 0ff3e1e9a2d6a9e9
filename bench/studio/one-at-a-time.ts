import { performance } from 'node:perf_hooks';
import { LocalStudio } from '../../apps/generation/src/studio/local-studio';
import { quantile } from './quantile';

/** Rounds over all photos; the first warms the worker up and is not counted. */
const ROUNDS = 5;
/** ms */
const WATCH_EVERY = 20;

/** Processor time of the whole process, clock and memory of jobs that follow each other in one worker. */
export async function measureOneAtATime(photos: readonly Buffer[]): Promise<void> {
  const studio = new LocalStudio();
  const before = megabytes();
  const [cpu, clock]: [number[], number[]] = [[], []];
  let first = 0;
  const peak = await peakDuring(async () => {
    for (let round = 0; round < ROUNDS; round++) {
      for (const photo of photos) {
        const [started, began] = [cpuMs(), performance.now()];
        await make(studio, photo);
        if (first === 0) first = cpuMs() - started;
        if (round === 0) continue;
        cpu.push(cpuMs() - started);
        clock.push(performance.now() - began);
      }
    }
  });
  await studio.close();
  console.log(
    `one at a time, ${cpu.length} jobs: CPU ${spread(cpu)}; clock ${spread(clock)}; the first, OpenCV's start included, CPU ${Math.round(first)} ms`,
  );
  console.log(`memory: ${Math.round(peak - before)} MB more than the ${Math.round(before)} MB before the worker`);
}

function spread(values: number[]): string {
  const sorted = values.toSorted((one, other) => one - other);
  return `median ${Math.round(quantile(sorted, 0.5))} ms, 95 % ${Math.round(quantile(sorted, 0.95))} ms`;
}

const make = (studio: LocalStudio, bytes: Buffer) =>
  studio.generate(
    {
      imageId: '65f000000000000000000001',
      type: 'white_background',
      instruction: '',
      compiledPrompt: '',
      pictures: [{ role: 'ornament', label: 'ornament', mime: 'image/jpeg', width: 1600, height: 1200, bytes }],
      options: {},
      attempt: 1,
    },
    new AbortController().signal,
  );

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const megabytes = (): number => process.memoryUsage.rss() / 1e6;

/** Most memory (MB) of this process during some work. */
async function peakDuring(work: () => Promise<unknown>): Promise<number> {
  let peak = megabytes();
  const watch = setInterval(() => (peak = Math.max(peak, megabytes())), WATCH_EVERY);
  await work();
  clearInterval(watch);
  return peak;
}
