import { setTimeout as delay } from 'node:timers/promises';
import type { PidFiles } from './pid-files';
import { type Program, SupervisedProcess } from './supervised-process';
import { UpError } from './up-error';

/** Which part is stopped when: nobody is let in first, then the work ends, and what carries the messages goes last. */
export type Part = 'gateway' | 'service' | 'broker';

/** opencv and a cold disk included, on a slow machine */
const START_TIMEOUT_MS = 60_000;
/** The gateway stops alone for so long at most: requests that wait for a picture need the services. */
const GATEWAY_HEAD_START_MS = 3000;
/** SIGKILL for gateway and services, counted from the beginning of the stop. */
export const KILL_AFTER_MS = 8000;
/** NATS ends at once when told to; with the 8 s above everything is gone within 10 s. */
const BROKER_KILL_AFTER_MS = 1500;

/** All processes of one `npm run up`: started together, stopped in order. */
export class Supervisor {
  private readonly processes: { part: Part; process: SupervisedProcess }[] = [];

  constructor(
    private readonly pidFiles: PidFiles,
    private readonly say: (line: string) => void,
  ) {}

  /**
   * Starts programs together and waits until all of them are ready.
   *
   * @throws UpError when one does not start, or not in time
   */
  async start(part: Part, programs: readonly Program[]): Promise<void> {
    const firstReplicasAreReady = () => this.processes.every(({ process }) => process.isFurther || process.isReady);
    const processes = programs.map((program) => new SupervisedProcess(program, this.pidFiles, this.say, firstReplicasAreReady));
    this.processes.push(...processes.map((process) => ({ part, process })));
    const unready = new Set(processes.map(({ name }) => name));
    const starting = processes.map((process) => process.start().then(() => unready.delete(process.name)));
    const timeout = new AbortController();
    const tooLate = delay(START_TIMEOUT_MS, undefined, { signal: timeout.signal }).then(() => {
      throw new UpError(
        `Not ready after ${START_TIMEOUT_MS / 1000} s: ${[...unready].join(', ')}. npm run doctor tells what is to be mended.`,
      );
    });
    try {
      await Promise.race([Promise.all(starting), tooLate]);
    } finally {
      tooLate.catch(() => undefined);
      timeout.abort();
    }
  }

  /** Stops everything that was started, within 10 s. */
  async stop(): Promise<void> {
    const gateways = this.stopPart('gateway', KILL_AFTER_MS);
    const headStart = new AbortController();
    const began = Date.now();
    await Promise.race([gateways, delay(GATEWAY_HEAD_START_MS, undefined, { signal: headStart.signal }).catch(() => undefined)]);
    headStart.abort();
    await Promise.all([gateways, this.stopPart('service', KILL_AFTER_MS - (Date.now() - began))]);
    await this.stopPart('broker', BROKER_KILL_AFTER_MS);
  }

  private async stopPart(part: Part, killAfterMs: number): Promise<void> {
    const chosen = this.processes.filter((candidate) => candidate.part === part);
    await Promise.all(chosen.map(({ process }) => process.stop(killAfterMs)));
  }
}
