import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { JsonBucket, type Revised } from '@facet/messaging';
import type { KV } from '@nats-io/kv';
import { Usage } from './usage';

/** Injection token of the KV bucket of quotas. */
export const QUOTAS_KV = Symbol('QUOTAS_KV');

/** What every user has asked for, by user id. */
@Injectable()
export class QuotasStore {
  private readonly usages: JsonBucket<Usage>;

  constructor(@Inject(QUOTAS_KV) bucket: KV) {
    this.usages = new JsonBucket(bucket, Usage);
  }

  find(userId: string): Promise<Revised<Usage> | null> {
    return this.usages.find(keyOf(userId));
  }

  /** @returns false, and nothing changes, when somebody else has written since `known` was read */
  write(userId: string, usage: Usage, known: Revised<Usage> | null): Promise<boolean> {
    const key = keyOf(userId);
    return known ? this.usages.replace(key, usage, known.revision) : this.usages.create(key, usage);
  }
}

/** The ids of an outside identity provider may hold what a key must not. */
const keyOf = (userId: string): string => createHash('sha256').update(userId).digest('hex');
