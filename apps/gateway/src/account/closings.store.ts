import { Inject, Injectable } from '@nestjs/common';
import { AccountReceipt } from '@facet/contracts';
import { JsonBucket, NATS_CONNECTION, type Revised } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import type { KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { z } from 'zod';

/** Injection token of the KV bucket of receipts. */
export const RECEIPTS_KV = Symbol('RECEIPTS_KV');

/** An account that is being deleted. */
const Closing = z.object({
  user: z.object({ id: z.string(), email: z.string().nullable() }),
  receipt: AccountReceipt,
  /** pictures whose purge was asked for, and is not in the receipt yet */
  batch: z.array(z.string()),
  /** position in the log up to which requests that came to no picture are erased */
  log_from: z.int().positive().default(1),
});
export type Closing = z.infer<typeof Closing>;

/** Accounts that are being deleted, and the receipts of those that are. The latter name nobody. */
@Injectable()
export class ClosingsStore {
  private readonly closings: JsonBucket<Closing>;
  private readonly receipts: JsonBucket<AccountReceipt>;

  constructor(
    @Inject(RECEIPTS_KV) bucket: KV,
    @Inject(NATS_CONNECTION) private readonly connection: NatsConnection,
  ) {
    this.closings = new JsonBucket(bucket, Closing);
    this.receipts = new JsonBucket(bucket, AccountReceipt);
  }

  /** One that is under way, or done, stays as it is. */
  async begin(id: string, user: Closing['user']): Promise<AccountReceipt> {
    const destroyed = { images: 0, assets: 0, blobs: 0, events: 0, dead_letters: 0 };
    const receipt: AccountReceipt = { id, state: 'under_way', destroyed, created_at: new Date().toISOString(), finished_at: null };
    if (!(await this.receipts.find(id))) {
      await this.closings.create(keyOf(id), { user, receipt, batch: [], log_from: 1 });
    }
    return this.receipt(id);
  }

  /** @throws FacetError `not_found` */
  async receipt(id: string): Promise<AccountReceipt> {
    const receipt = (await this.receipts.find(id))?.value ?? (await this.closings.find(keyOf(id)))?.value.receipt;
    if (!receipt) {
      throw new FacetError('not_found', 'There is no such receipt.');
    }
    return receipt;
  }

  /** Ids of the receipts of all that are under way. */
  async underWay(): Promise<string[]> {
    return (await this.closings.keys(this.connection, keyOf('*'))).map((key) => key.slice(keyOf('').length));
  }

  find(id: string): Promise<Revised<Closing> | null> {
    return this.closings.find(keyOf(id));
  }

  /** @returns false, and nothing changes, when somebody else has written */
  replace(id: string, closing: Closing, revision: number): Promise<boolean> {
    return this.closings.replace(keyOf(id), closing, revision);
  }

  /** Whose account it was is forgotten with this. May be repeated. */
  async finish(id: string, { value, revision }: Revised<Closing>): Promise<void> {
    await this.receipts.create(id, { ...value.receipt, state: 'done', finished_at: new Date().toISOString() });
    await this.closings.remove(keyOf(id), revision);
  }
}

const keyOf = (id: string): string => `closing.${id}`;
