import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Leases } from '@facet/messaging';
import { ExpiredPictures } from './expired-pictures';
import { Rounds } from './rounds';

/** How often it takes place: an injection token that is a class, so that it injects by type. */
export class RetentionSweepSettings {
  /** @param everyMs pause between two rounds */
  constructor(readonly everyMs: number) {}
}

/** Has expired pictures destroyed again and again, one gateway at a time. */
@Injectable()
export class ExpiredPicturesSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(ExpiredPicturesSweep.name);
  private readonly rounds: Rounds;

  constructor(
    private readonly expired: ExpiredPictures,
    leases: Leases,
    { everyMs }: RetentionSweepSettings,
  ) {
    const round = (signal: AbortSignal): Promise<void> => this.round(signal);
    this.rounds = new Rounds(leases, this.logger, { what: 'sweep of deleted pictures', lease: 'retention', everyMs, round });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.rounds.stop();
  }

  private async round(signal: AbortSignal): Promise<void> {
    const purged = await this.expired.sweep(signal);
    if (purged > 0) {
      this.logger.log({ msg: 'time of deleted pictures is over', purged });
    }
  }
}
