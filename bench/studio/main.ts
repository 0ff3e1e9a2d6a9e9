import { readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { LocalStudio } from '../../apps/generation/src/studio/local-studio';
import type { Picture } from '../../apps/generation/src/model/image-model';
import { machine } from '../machine';
import { ProbedServer, told } from './probing';
import { quantile } from './quantile';

/** Rounds over all photos, one job at a time; the first warms the worker up and is not counted. */
const ROUNDS = 5;
/** Pictures made at the same time, and rounds of them. */
const AT_ONCE = 4;
const CROWDED_ROUNDS = 6;
/** ms */
const REST = 5_000;
const WATCH_EVERY = 20;

/**
 * What the studio costs: `npm run build && npm run bench:studio -- [FOLDER]`, FOLDER with photos whose names begin with a number.
 * White backgrounds, one at a time in one worker: processor time of the whole process, clock, memory. Then four at once, while
 * another process asks this one for a page every 20 ms, as an orchestrator asks for /health/live; the same at rest before.
 */
async function main(folder: string): Promise<void> {
  const photos = readdirSync(folder)
    .filter((file) => /^\d.*\.jpg$/.test(file))
    .map((file): Picture => {
      return {
        role: 'ornament',
        label: 'ornament',
        mime: 'image/jpeg',
        width: 1600,
        height: 1200,
        bytes: readFileSync(join(folder, file)),
      };
    });
  console.log(`${machine()}; load average ${loadavg()[0]?.toFixed(1)}; ${photos.length} photos`);
  const studio = new LocalStudio();
  await oneAtATime(studio, photos);
  await fourAtOnce(studio, photos);
  await studio.close();
}

const make = (studio: LocalStudio, picture: Picture) =>
  studio.generate(
    {
      imageId: '65f000000000000000000001',
      type: 'white_background',
      instruction: '',
      compiledPrompt: '',
      pictures: [picture],
      options: {},
      attempt: 1,
    },
    new AbortController().signal,
  );

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const megabytes = (): number => process.memoryUsage().rss / 1e6;

/** Most memory (MB) of this process during some work. */
async function peakDuring(work: () => Promise<unknown>): Promise<number> {
  let peak = megabytes();
  const watch = setInterval(() => (peak = Math.max(peak, megabytes())), WATCH_EVERY);
  await work();
  clearInterval(watch);
  return peak;
}

async function oneAtATime(studio: LocalStudio, photos: readonly Picture[]): Promise<void> {
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
  const spread = (values: number[]): string => {
    values.sort((one, other) => one - other);
    return `median ${Math.round(quantile(values, 0.5))} ms, 95 % ${Math.round(quantile(values, 0.95))} ms`;
  };
  console.log(
    `one at a time, ${cpu.length} jobs: CPU ${spread(cpu)}; clock ${spread(clock)}; the first, OpenCV's start included, CPU ${Math.round(first)} ms`,
  );
  console.log(`memory: ${Math.round(peak - before)} MB more than the ${Math.round(before)} MB before the worker`);
}

async function fourAtOnce(studio: LocalStudio, photos: readonly Picture[]): Promise<void> {
  const server = new ProbedServer();
  await server.start();
  console.log(`at rest: ${told(await server.during(() => new Promise((resolve) => setTimeout(resolve, REST))))}`);
  const jobs = Array.from({ length: AT_ONCE }, (_, at) => photos[at % photos.length]).filter((photo) => photo !== undefined);
  const started = performance.now();
  let delays = '';
  const peak = await peakDuring(async () => {
    const crowd = async (): Promise<void> => {
      for (let round = 0; round < CROWDED_ROUNDS; round++) await Promise.all(jobs.map((photo) => make(studio, photo)));
    };
    delays = told(await server.during(crowd));
  });
  const each = (performance.now() - started) / (jobs.length * CROWDED_ROUNDS);
  console.log(`${AT_ONCE} at once: ${delays}; ${Math.round(each)} ms a picture; process at most ${Math.round(peak)} MB`);
  server.stop();
}

void main(process.argv[2] ?? join(__dirname, '../../test/photos'));
