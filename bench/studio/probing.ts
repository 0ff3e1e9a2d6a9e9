import { fork } from 'node:child_process';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { quantile } from './quantile';

/** ms between two probes. */
const PROBE_EVERY = 20;

/** How long this process kept others waiting. */
export interface Delays {
  /** ms from a request by another process to the whole answer, sorted */
  answers: number[];
  /** ms that the event loop was late: 99th percentile, and most */
  loop: { most: number; p99: number };
}

/** A server that answers at once, as `/health/live` does, and is asked by a process of its own every 20 ms while some work is done. */
export class ProbedServer {
  private readonly server = createServer((_, response) => response.end('{"status":"ok"}'));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  stop(): void {
    this.server.close();
  }

  async during(work: () => Promise<unknown>): Promise<Delays> {
    const { port } = this.server.address() as AddressInfo;
    const prober = fork(__filename, [String(port)], { execArgv: process.execArgv });
    await new Promise((resolve) => prober.once('message', resolve));
    const loop = monitorEventLoopDelay({ resolution: 1 });
    loop.enable();
    await work();
    loop.disable();
    const answers = await new Promise<number[]>((resolve) => {
      prober.once('message', (message) => resolve(message as number[]));
      prober.send('stop');
    });
    prober.disconnect();
    answers.sort((one, other) => one - other);
    return { answers, loop: { most: loop.max / 1e6, p99: loop.percentile(99) / 1e6 } };
  }
}

/** Delays in one line. */
export const told = ({ answers, loop }: Delays): string =>
  `${answers.length} probes, median ${quantile(answers, 0.5).toFixed(1)} ms, 99 % ${quantile(answers, 0.99).toFixed(1)} ms, ` +
  `worst ${quantile(answers, 1).toFixed(1)} ms; event loop 99 % ${loop.p99.toFixed(1)} ms, worst ${loop.most.toFixed(1)} ms`;

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

if (require.main === module) probe(Number(process.argv[2]));
