import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Leases } from '@facet/messaging';
import { Rounds } from './rounds';
import { StuckJobs } from './stuck-jobs';
import { SweepSettings } from './sweep-settings';

/** Ends stuck jobs again and again, one gateway at a time. */
@Injectable()
export class StuckJobsSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(StuckJobsSweep.name);
  private readonly rounds: Rounds;

  constructor(
    private readonly stuckJobs: StuckJobs,
    leases: Leases,
    { everyMs }: SweepSettings,
  ) {
    const round = (signal: AbortSignal): Promise<void> => this.round(signal);
    this.rounds = new Rounds(leases, this.logger, { what: 'sweep of stuck jobs', lease: 'sweep', everyMs, round });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.rounds.stop();
  }

  private async round(signal: AbortSignal): Promise<void> {
    const { ended, waiting } = await this.stuckJobs.sweep(signal);
    if (ended > 0) {
      this.logger.warn({ msg: 'stuck jobs swept', ended, waiting });
    }
  }
}
