import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { JsonBucket } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import type { KV } from '@nats-io/kv';
import { z } from 'zod';

/** Injection token of the KV bucket of accounts. */
export const ACCOUNTS_KV = Symbol('ACCOUNTS_KV');

/** A user of the built-in login. */
const Account = z.object({
  user_id: z.uuid(),
  /** normalised: trimmed, lower case, NFC */
  email: z.string(),
  /** argon2id, in PHC's text form */
  password_hash: z.string(),
  created_at: z.iso.datetime(),
});
export type Account = z.infer<typeof Account>;

/** The built-in login's accounts, one per e-mail address. */
@Injectable()
export class AccountsStore {
  private readonly accounts: JsonBucket<Account>;

  constructor(@Inject(ACCOUNTS_KV) bucket: KV) {
    this.accounts = new JsonBucket(bucket, Account);
  }

  /** @throws FacetError `email_taken`, also for the loser of two at the same moment */
  async create(account: Account): Promise<void> {
    if (!(await this.accounts.create(keyOf(account.email), account))) {
      throw new FacetError('email_taken', 'There is an account with this e-mail address already.');
    }
  }

  /** @param email normalised */
  async find(email: string): Promise<Account | null> {
    return (await this.accounts.find(keyOf(email)))?.value ?? null;
  }

  /** Takes a user's account away; that of somebody else with the address stays. @param email normalised */
  async remove(email: string, userId: string): Promise<void> {
    const found = await this.accounts.find(keyOf(email));
    if (found?.value.user_id === userId) {
      await this.accounts.remove(keyOf(email), found.revision);
    }
  }
}

/** Keys of a bucket allow few characters, e-mail addresses many: a digest fits, and keeps addresses out of subjects and logs. */
const keyOf = (email: string): string => createHash('sha256').update(email).digest('hex');
