import { fork } from 'node:child_process';
import { Agent, get } from 'node:http';
import { constants, setPriority } from 'node:os';
import { performance } from 'node:perf_hooks';
import { quantile } from './quantile';

/** ms between two probes. */
const PROBE_EVERY = 20;

/** ms from a request to the whole answer, sorted, by what was asked. */
export type Delays = ReadonlyMap<string, readonly number[]>;

/** Asks for pages every 20 ms, from a process of its own, while some work is done. @param pages addresses by name */
export async function delaysDuring(pages: Readonly<Record<string, string>>, work: () => Promise<unknown>): Promise<Delays> {
  const prober = fork(__filename, Object.values(pages), { execArgv: process.execArgv });
  const said = (): Promise<unknown> => new Promise((resolve) => prober.once('message', resolve));
  await said();
  await work();
  const answer = said();
  prober.send('stop');
  const delays = (await answer) as number[][];
  prober.disconnect();
  return new Map(Object.keys(pages).map((name, n) => [name, (delays[n] ?? []).sort((one, other) => one - other)]));
}

/** Delays in one line. */
export const told = (sorted: readonly number[] = []): string =>
  `${sorted.length} probes, median ${quantile(sorted, 0.5).toFixed(1)} ms, 99 % ${quantile(sorted, 0.99).toFixed(1)} ms, worst ${quantile(sorted, 1).toFixed(1)} ms`;

/** A probe that is under way when it is told to stop still counts: a slow one is what is looked for. */
function probe(pages: readonly string[]): void {
  aheadOfOthers();
  const delays: number[][] = pages.map(() => []);
  const agent = new Agent({ keepAlive: true });
  let open = 0;
  let timer: NodeJS.Timeout | null = setInterval(() => pages.forEach(ask), PROBE_EVERY);
  const done = (): void => {
    if (timer === null && open === 0) process.send?.(delays);
  };
  const ask = (page: string, n: number): void => {
    const asked = performance.now();
    open += 1;
    get(page, { agent }, (response) =>
      response.resume().once('end', () => {
        delays[n]?.push(performance.now() - asked);
        open -= 1;
        done();
      }),
    );
  };
  process.on('message', () => {
    if (timer) clearInterval(timer);
    timer = null;
    done();
  });
  process.send?.('ready');
}

/** Who asks stands for another machine: its own wait for a processor is not Facet's. Needs root; without it both waits are measured. */
function aheadOfOthers(): void {
  try {
    setPriority(constants.priority.PRIORITY_HIGHEST);
  } catch {
    console.log('the prober waits for a processor like all others, as it may not go before them');
  }
}

if (require.main === module) probe(process.argv.slice(2));
