import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Leases } from '@facet/messaging';
import { Rounds } from '../sweep/rounds';
import { AccountClosing } from './account-closing';
import { ClosingsStore } from './closings.store';

/** How often it takes place: an injection token that is a class, so that it injects by type. */
export class AccountSweepSettings {
  /** @param everyMs pause between two rounds */
  constructor(readonly everyMs: number) {}
}

/** Brings the deletion of accounts further, again and again, one gateway at a time. */
@Injectable()
export class AccountsSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(AccountsSweep.name);
  private readonly rounds: Rounds;

  constructor(
    private readonly closings: ClosingsStore,
    private readonly closing: AccountClosing,
    leases: Leases,
    { everyMs }: AccountSweepSettings,
  ) {
    const round = (signal: AbortSignal): Promise<void> => this.round(signal);
    this.rounds = new Rounds(leases, this.logger, { what: 'deletion of accounts', lease: 'accounts', everyMs, round });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.rounds.stop();
  }

  private async round(signal: AbortSignal): Promise<void> {
    for (const id of await this.closings.underWay()) {
      await this.advance(id, signal).catch((error: unknown) => {
        signal.throwIfAborted();
        // the others do not wait for it
        this.logger.warn({ msg: 'deletion of an account failed, and is tried again in the next round', receipt: id, err: error });
      });
    }
  }

  private async advance(id: string, signal: AbortSignal): Promise<void> {
    while (!(await this.closing.advance(id))) {
      signal.throwIfAborted();
    }
  }
}
