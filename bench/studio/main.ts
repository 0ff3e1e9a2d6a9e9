import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { fork } from 'node:child_process';
import { LocalStudio } from '../../apps/generation/src/studio/local-studio';
import type { Picture } from '../../apps/generation/src/model/image-model';
import { machine } from '../machine';

/** Pictures made at the same time, and rounds of them. */
const AT_ONCE = 4;
const ROUNDS = 3;
/** ms between two probes. */
const PROBE_EVERY = 20;

/**
 * What a busy studio costs its process: `npm run build && npx tsx bench/studio/main.ts [PHOTO]`. A second process asks this one
 * for a page every 20 ms, as an orchestrator asks for /health/live, before and while four pictures are made at once.
 */
async function main(photo: string): Promise<void> {
  const server = createServer((_, response) => response.end('{"status":"ok"}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const studio = new LocalStudio();
  const bytes = readFileSync(photo);
  const picture: Picture = { role: 'ornament', label: 'ornament', mime: 'image/jpeg', width: 1600, height: 1200, bytes };
  const make = (attempt: number) =>
    studio.generate(
      {
        imageId: '65f000000000000000000001',
        type: 'white_background',
        instruction: '',
        compiledPrompt: '',
        pictures: [picture],
        options: {},
        attempt,
      },
      new AbortController().signal,
    );
  console.log(machine());
  await make(1);
  const resting = await probed(port, () => new Promise((resolve) => setTimeout(resolve, 3_000)));
  console.log(`at rest: ${resting}, ${memory()}`);
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
  const started = performance.now();
  const busy = await probed(port, async () => {
    for (let round = 0; round < ROUNDS; round++) await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => make(at + 2)));
  });
  clearInterval(watch);
  const each = (performance.now() - started) / (AT_ONCE * ROUNDS);
  console.log(`${AT_ONCE} at once: ${busy}; ${Math.round(each)} ms a picture; whole process at most ${Math.round(peak / 2 ** 20)} MiB`);
  await studio.close();
  server.close();
}

const memory = (): string => `${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB`;

/** Delays that another process sees, and those of the event loop itself, during some work. */
async function probed(port: number, work: () => Promise<unknown>): Promise<string> {
  const prober = fork(__filename, ['--probe', String(port)], { execArgv: process.execArgv });
  await new Promise((resolve) => prober.once('message', resolve));
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  await work();
  loop.disable();
  const delays = await new Promise<number[]>((resolve) => {
    prober.once('message', (message) => resolve(message as number[]));
    prober.send('stop');
  });
  prober.disconnect();
  delays.sort((one, other) => one - other);
  const quantile = (share: number): string => (delays[Math.min(delays.length - 1, Math.floor(share * delays.length))] ?? 0).toFixed(1);
  return `${delays.length} probes, median ${quantile(0.5)} ms, 99 % ${quantile(0.99)} ms, worst ${quantile(1)} ms; event loop 99 % ${(loop.percentile(99) / 1e6).toFixed(1)} ms, worst ${(loop.max / 1e6).toFixed(1)} ms`;
}

function probe(port: number): void {
  const delays: number[] = [];
  const timer = setInterval(() => {
    const asked = performance.now();
    request({ port, host: '127.0.0.1' }, (response) => response.resume().once('end', () => delays.push(performance.now() - asked))).end();
  }, PROBE_EVERY);
  process.on('message', () => {
    clearInterval(timer);
    process.send?.(delays);
  });
  process.send?.('ready');
}

const [mode, value] = process.argv.slice(2);
if (mode === '--probe') probe(Number(value));
else void main(mode ?? join(__dirname, '../../test/photos/01-solitaire-ring-studio-sweep.jpg'));
