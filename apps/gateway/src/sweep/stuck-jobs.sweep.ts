import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Leases } from '@facet/messaging';
import { withDeadline } from '@facet/platform';
import { StuckJobs } from './stuck-jobs';
import { SweepSettings } from './sweep-settings';

const LEASE = 'sweep';

/** Most time for one round, in ms: less than the life of its lease. */
const ROUND_MS = 45_000;

/** Most time that a stop waits for the round that runs, in ms; a round that is cut off is done again. */
const STOP_MS = 2_000;

/** Sweeps again and again, one gateway at a time. */
@Injectable()
export class StuckJobsSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(StuckJobsSweep.name);
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly stuckJobs: StuckJobs,
    private readonly leases: Leases,
    private readonly settings: SweepSettings,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run(this.stopping.signal);
  }

  async onModuleDestroy(): Promise<void> {
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
    return delay(this.settings.everyMs, true, { signal }).catch(() => false);
  }

  /** Never rejects: what one round could not do is left to the next. */
  private async round(signal: AbortSignal): Promise<void> {
    try {
      const lease = await this.leases.acquire(LEASE);
      if (lease === null) {
        return;
      }
      try {
        const { ended, waiting } = await withDeadline(ROUND_MS, signal, (ending) => this.stuckJobs.sweep(ending));
        if (ended > 0) {
          this.logger.warn({ msg: 'stuck jobs swept', ended, waiting });
        }
      } finally {
        await lease.release();
      }
    } catch (error) {
      if (!signal.aborted) {
        this.logger.warn({ msg: 'no sweep of stuck jobs this time', reason: error instanceof Error ? error.message : String(error) });
      }
    }
  }
}
