import { Injectable, Logger } from '@nestjs/common';
import { QueryClient, type Revised } from '@facet/messaging';
import type { AccountReceipt, Receipt } from '@facet/contracts';
import { FacetError } from '@facet/platform';
import { LoginService } from '../auth/login.service';
import { UserQuota } from '../quotas/user-quota';
import { AccountPictures } from './account-pictures';
import { ClosingsStore, type Closing } from './closings.store';

/** A thousand messages are erased in a step, each by a question to NATS. */
const A_STEP = { timeoutMs: 50_000, silenceMs: 5_000 };

/**
 * Brings the deletion of an account a step further: pictures by batches, in the way in which owners purge them, and what the user is
 * known by when none is left. Every step may be repeated: who dies leaves the rest to the next round.
 */
@Injectable()
export class AccountClosing {
  private readonly logger = new Logger(AccountClosing.name);

  constructor(
    private readonly closings: ClosingsStore,
    private readonly pictures: AccountPictures,
    private readonly quota: UserQuota,
    private readonly logins: LoginService,
    private readonly queries: QueryClient,
  ) {}

  /** @returns whether there is nothing left to do now, because all is done or something is waited for */
  async advance(id: string): Promise<boolean> {
    const found = await this.closings.find(id);
    if (!found) {
      return true;
    }
    const { user, batch } = found.value;
    // the mark that keeps the user from asking for more would be gone after two days, and something may be waited for longer
    await this.quota.close(user.id, id);
    if (batch.length > 0) {
      return this.settle(id, found);
    }
    // before the pictures are looked for: a job that ends later is among these, and is waited for
    const pending = await this.pendingOf(user.id);
    const next = await this.pictures.some(user.id);
    if (next.length > 0) {
      return !(await this.closings.replace(id, { ...found.value, batch: next }, found.revision));
    }
    if (pending > 0) {
      return true;
    }
    return this.end(id, found);
  }

  /** Enters a batch into the receipt when all of it is purged. */
  private async settle(id: string, { value, revision }: Revised<Closing>): Promise<boolean> {
    const purged: Receipt[] = [];
    for (const imageId of value.batch) {
      const receipt = await this.pictures.purge(imageId, value.user.id);
      if (receipt) {
        purged.push(receipt);
      }
    }
    if (purged.length < value.batch.length) {
      return true;
    }
    const receipt = { ...value.receipt, destroyed: withBatch(value.receipt.destroyed, purged) };
    return !(await this.closings.replace(id, { ...value, receipt, batch: [] }, revision));
  }

  /** No picture is left: what the log says goes, a part at a time, and at last what says who the user was. */
  private async end(id: string, { value, revision }: Revised<Closing>): Promise<boolean> {
    const { user, log_from } = value;
    const { forgotten, next, ...erased } = await this.queries.ask('catalog.user.forget', { user_id: user.id, from: log_from }, A_STEP);
    const closing = { ...value, receipt: { ...value.receipt, destroyed: withErased(value.receipt.destroyed, erased) } };
    if (!forgotten) {
      // also at the end of the log: what was erased is to be on the receipt, and the last pictures are still waited for
      const isKept = await this.closings.replace(id, { ...closing, log_from: next ?? log_from }, revision);
      return next === null || !isKept;
    }
    await this.logins.close(user);
    await this.quota.forget(user.id, id);
    await this.closings.finish(id, { value: closing, revision });
    this.logger.log({ msg: 'account deleted', images: closing.receipt.destroyed.images });
    return true;
  }

  /** Jobs that have not ended. A purge takes the job's key away: the catalog knows that these have. */
  private async pendingOf(userId: string): Promise<number> {
    const ids = await this.quota.pending(userId);
    const known = await Promise.all(ids.map((image_id) => this.isCataloged(image_id, userId)));
    return known.filter((isKnown) => !isKnown).length;
  }

  private isCataloged(image_id: string, user_id: string): Promise<boolean> {
    return this.queries.askPatiently('catalog.image.get', { image_id, user_id }).then(
      () => true,
      (error: unknown) => {
        if (FacetError.from(error).code === 'image_not_found') {
          return false;
        }
        throw error;
      },
    );
  }
}

const withErased = (
  sum: AccountReceipt['destroyed'],
  { events, dead_letters }: Pick<AccountReceipt['destroyed'], 'events' | 'dead_letters'>,
): AccountReceipt['destroyed'] => ({ ...sum, events: sum.events + events, dead_letters: sum.dead_letters + dead_letters });

/** Two pictures that are purged at the same moment may both take the uploads of their tree with them: these count once. */
const withBatch = (sum: AccountReceipt['destroyed'], purged: readonly Receipt[]): AccountReceipt['destroyed'] => {
  const distinct = (member: keyof Receipt['destroyed']): number =>
    new Set<unknown>(purged.flatMap(({ destroyed }): unknown[] => destroyed[member])).size;
  return {
    images: sum.images + purged.length,
    assets: sum.assets + distinct('assets'),
    blobs: sum.blobs + distinct('blobs'),
    events: sum.events + distinct('events'),
    dead_letters: sum.dead_letters + distinct('dead_letters'),
  };
};
