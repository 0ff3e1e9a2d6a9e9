import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { PidFiles } from './pid-files';
import { HEALTHY_AFTER_MS, restartDelayMs } from './restart-delay';
import { UpError } from './up-error';

/** One replica of something that can be started again and again. */
export interface Program {
  /** such as `generation-2`; also the name of its pid file */
  name: string;
  launch: () => Promise<ChildProcess>;
  isReady: () => Promise<boolean>;
  /** by what it is known to hang, once it was ready; default: only its end is noticed */
  pulse?: Pulse;
  /** what tells it to stop for good; default SIGTERM */
  stopSignal?: NodeJS.Signals;
  /** another replica of its service goes first when both have ended */
  isFurther?: boolean;
}

/** What a program that works answers again and again. */
export interface Pulse {
  answers: () => Promise<boolean>;
  /** pause between two questions, in ms */
  everyMs: number;
  /** questions in a row without an answer after which it hangs, and is killed and started again */
  patience: number;
}

const READINESS_POLL_MS = 100;
/** The ends of processes that one blow has hit are noticed within this time, while others are being started. */
const ONE_BLOW_MS = 250;
/** Longest wait for first replicas, which may not come back at all. */
const LONGEST_WAIT_FOR_FIRST_MS = 5_000;
/** First replicas that have come back work off alone, for so long, what had waited for them. */
const HEAD_START_MS = 1_000;
/** A process that ends by itself this often without ever having been ready will not start: its configuration is wrong. */
const FIRST_STARTS = 3;

/** Keeps one process running until told to stop: pid file, start again with back-off, a signal to stop and then SIGKILL. */
export class SupervisedProcess {
  readonly name: string;
  private readonly stopping = new AbortController();
  private child: ChildProcess | undefined;
  private running: Promise<void> = Promise.resolve();
  private readySince: number | undefined;
  private hasBeenReady = false;
  private failures = 0;

  constructor(
    private readonly program: Program,
    private readonly pidFiles: PidFiles,
    private readonly say: (line: string) => void,
    private readonly firstReplicasAreReady: () => boolean,
  ) {
    this.name = program.name;
  }

  get isFurther(): boolean {
    return this.program.isFurther === true;
  }

  get isReady(): boolean {
    return this.child !== undefined && this.readySince !== undefined;
  }

  /**
   * Resolves when the process is ready for the first time.
   *
   * @throws UpError when it ends by itself three times before that, or when it is stopped
   */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.running = this.keepRunning(resolve).then(() => reject(new UpError(`${this.name} was stopped.`)), reject);
    });
  }

  /** Resolves when the process is gone: by the program's signal to stop, or after `killAfterMs` by SIGKILL. */
  async stop(killAfterMs: number): Promise<void> {
    this.stopping.abort();
    this.child?.kill(this.stopSignal);
    const impatience = setTimeout(() => {
      this.say(`${this.name} has not ended within ${killAfterMs / 1000} s and is killed`);
      this.child?.kill('SIGKILL');
    }, killAfterMs);
    await this.running;
    clearTimeout(impatience);
  }

  private async keepRunning(onFirstReady: () => void): Promise<void> {
    let unreadyEnds = 0;
    while (!this.isStopping()) {
      const end = await this.runOnce(() => {
        this.hasBeenReady = true;
        onFirstReady();
      });
      if (this.isStopping()) {
        return;
      }
      unreadyEnds += end.byItself ? 1 : 0;
      if (!this.hasBeenReady && unreadyEnds >= FIRST_STARTS) {
        throw new UpError(`${this.name} does not start: it has ended ${FIRST_STARTS} times (${end.how}).`);
      }
      await this.waitBeforeNextStart(end);
    }
  }

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async runOnce(onReady: () => void): Promise<ProcessEnd> {
    const ended = new AbortController();
    const child = await this.program.launch();
    const end = endOf(child);
    this.child = child;
    if (child.pid !== undefined) {
      this.pidFiles.write(this.name, child.pid);
    }
    if (this.isStopping()) {
      child.kill(this.stopSignal);
    }
    const watching = this.watchReadiness(ended.signal, onReady).then(() => this.watchPulse(ended.signal));
    const howItEnded = await end;
    this.child = undefined;
    this.pidFiles.remove(this.name);
    ended.abort();
    await watching;
    return howItEnded;
  }

  private async watchReadiness(ended: AbortSignal, onReady: () => void): Promise<void> {
    while (!ended.aborted) {
      if (await this.program.isReady()) {
        this.readySince = Date.now();
        onReady();
        return;
      }
      await pause(READINESS_POLL_MS, ended);
    }
  }

  private async watchPulse(ended: AbortSignal): Promise<void> {
    const { pulse } = this.program;
    if (!pulse) {
      return;
    }
    let missed = 0;
    while (!ended.aborted && !this.isStopping()) {
      if (missed >= pulse.patience) {
        this.say(`${this.name} has not answered ${missed} times in a row and is killed`);
        this.child?.kill('SIGKILL');
        return;
      }
      await pause(pulse.everyMs, ended);
      missed = (await pulse.answers()) ? 0 : missed + 1;
    }
  }

  private get stopSignal(): NodeJS.Signals {
    return this.program.stopSignal ?? 'SIGTERM';
  }

  private async waitBeforeNextStart({ how, wasAsked }: ProcessEnd): Promise<void> {
    const healthy = this.readySince !== undefined && Date.now() - this.readySince >= HEALTHY_AFTER_MS;
    this.readySince = undefined;
    // a process that somebody has asked to end, to have another in its place, has not failed
    this.failures = wasAsked ? 0 : healthy ? 1 : this.failures + 1;
    const delayMs = restartDelayMs(this.failures);
    this.say(`${this.name} ended (${how}), starting it again in ${delayMs / 1000} s`);
    await pause(delayMs, this.stopping.signal);
    await this.letFirstReplicasStart();
  }

  /** When many processes have ended, one of each service that works soon is worth more than two that work later: cores are few. */
  private async letFirstReplicasStart(): Promise<void> {
    if (!this.isFurther) {
      return;
    }
    await pause(ONE_BLOW_MS, this.stopping.signal);
    if (this.firstReplicasAreReady()) {
      return;
    }
    const until = Date.now() + LONGEST_WAIT_FOR_FIRST_MS;
    while (!this.firstReplicasAreReady() && Date.now() < until && !this.isStopping()) {
      await pause(READINESS_POLL_MS, this.stopping.signal);
    }
    await pause(HEAD_START_MS, this.stopping.signal);
  }
}

interface ProcessEnd {
  /** such as `code 1` or `signal SIGKILL` */
  how: string;
  /** not by a signal from outside */
  byItself: boolean;
  /** after its orderly stop, which somebody asked for */
  wasAsked: boolean;
}

function endOf(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) =>
      resolve(
        signal === null
          ? { how: `code ${code ?? 0}`, byItself: true, wasAsked: false }
          : { how: `signal ${signal}`, byItself: false, wasAsked: signal === 'SIGTERM' },
      ),
    );
    child.once('error', (error) => resolve({ how: error.message, byItself: true, wasAsked: false }));
  });
}

/** Waits, or returns at once when `until` is aborted. */
async function pause(milliseconds: number, until: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal: until }).catch(() => undefined);
}
