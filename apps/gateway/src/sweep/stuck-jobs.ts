import { Injectable } from '@nestjs/common';
import { isStuck, progressAfter } from './consumer-progress';
import { EventConsumers } from './event-consumers';
import { JobEnding } from './job-ending';
import { JobLog } from './job-log';
import { SweepMemory } from './sweep-memory';
import { SweepSettings } from './sweep-settings';

/** Life of the lease of a gateway that died in the middle of a round, in ms: no other one looks before it has run out. */
const LEASE_MS = 60_000;

/** What a round has found. */
interface SweepReport {
  /** jobs that were ended */
  ended: number;
  /** jobs past their deadline that wait their turn */
  waiting: number;
}

/**
 * Finds jobs that nobody works on any more, and ends them: their event was never published or is lost, or the service that
 * is to handle it is not there. Whoever is there ends its jobs itself.
 */
@Injectable()
export class StuckJobs {
  constructor(
    private readonly memory: SweepMemory,
    private readonly jobLog: JobLog,
    private readonly consumers: EventConsumers,
    private readonly ending: JobEnding,
    private readonly settings: SweepSettings,
  ) {}

  /** One round. May be repeated and broken off at any point: what it has not kept is done again. */
  async sweep(signal: AbortSignal): Promise<SweepReport> {
    const { everyMs, overdueAfterMs, absentAfterMs } = this.settings;
    const earlier = await this.memory.recall();
    const now = await this.memory.serverTime();
    const unfinished = new Set(earlier.unfinished);
    const position = await this.jobLog.readOn(earlier.position, now - overdueAfterMs, unfinished, signal);
    const looks = await this.consumers.look(unfinished, signal);
    const progress = progressAfter(looks, now, earlier, 2 * everyMs + LEASE_MS);
    const stuck = [...unfinished].filter((imageId) => isStuck(imageId, looks, { progress, now, absentAfterMs }));
    const ended = await this.ending.endAll(stuck, position, signal);
    for (const imageId of stuck) {
      unfinished.delete(imageId);
    }
    await this.memory.keep({ position, unfinished: [...unfinished], at: now, progress });
    return { ended, waiting: unfinished.size };
  }
}
