import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@nestjs/common';
import type { Leases } from '@facet/messaging';
import { withDeadline } from '@facet/platform';

/** Most time for one round, in ms: less than the life of its lease. */
const ROUND_MS = 45_000;

/** Most time that a stop waits for the round that runs, in ms; a round that is cut off is done again. */
const STOP_MS = 2_000;

/** What is done again and again. */
interface Work {
  /** what it is, for the log, such as `sweep of stuck jobs` */
  what: string;
  /** key of the lease by which one gateway at a time does it */
  lease: string;
  /** pause between two rounds, in ms */
  everyMs: number;
  /** one round, which may be broken off at any point by the signal */
  round: (signal: AbortSignal) => Promise<void>;
}

/** Does something again and again, one gateway at a time. A round that fails is left to the next. */
export class Rounds {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly leases: Leases,
    private readonly logger: Logger,
    private readonly work: Work,
  ) {}

  start(): void {
    this.running = this.run(this.stopping.signal);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await withDeadline(STOP_MS, new AbortController().signal, (late) => Promise.race([this.running, once(late, 'abort')]));
  }

  private async run(signal: AbortSignal): Promise<void> {
    // the pause comes first: at the start of everything the other services are still on their way
    while (await this.pause(signal)) {
      await this.round(signal);
    }
  }

  /** @returns false when it is time to stop */
  private pause(signal: AbortSignal): Promise<boolean> {
    return delay(this.work.everyMs, true, { signal }).catch(() => false);
  }

  /** Never rejects. */
  private async round(signal: AbortSignal): Promise<void> {
    try {
      const lease = await this.leases.acquire(this.work.lease);
      if (lease === null) {
        return;
      }
      try {
        await withDeadline(ROUND_MS, signal, (ending) => this.work.round(ending));
      } finally {
        await lease.release();
      }
    } catch (error) {
      if (!signal.aborted) {
        this.logger.warn({ msg: `no ${this.work.what} this time`, reason: error instanceof Error ? error.message : String(error) });
      }
    }
  }
}
