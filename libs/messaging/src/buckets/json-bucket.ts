import { FacetError } from '@facet/platform';
import { jetstream } from '@nats-io/jetstream';
import type { KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import type { z } from 'zod';
import { readStream } from '../streams/read-stream';
import { isRemoval } from './removal';
import { isWrongRevision } from './wrong-revision';

/** A record and the revision of its key, which a compare-and-set names. */
export interface Revised<T> {
  value: T;
  revision: number;
}

/**
 * Records of one kind as JSON in a KV bucket. What is read is parsed. Errors: `unavailable` (retryable) when the bucket cannot be reached.
 */
export class JsonBucket<T> {
  /** @param what its records are, for people who are told that they cannot be reached */
  constructor(
    private readonly bucket: KV,
    private readonly schema: z.ZodType<T>,
    private readonly what = 'What is kept for users',
  ) {}

  /**
   * Keys that exist at the moment.
   *
   * @param filter as for subjects, such as `closing.*`
   */
  async keys(connection: NatsConnection, filter = '>'): Promise<string[]> {
    try {
      const { bucket } = await this.bucket.status();
      const prefix = `$KV.${bucket}.`;
      const keys = new Set<string>();
      const part = { stream: `KV_${bucket}`, subject: prefix + filter, from: 1, headersOnly: true };
      for await (const { subject, headers } of readStream(jetstream(connection), part)) {
        const key = subject.slice(prefix.length);
        if (isRemoval(headers)) {
          keys.delete(key);
        } else {
          keys.add(key);
        }
      }
      return [...keys];
    } catch (cause) {
      throw this.unavailable(cause);
    }
  }

  /** @returns false, and nothing changes, when the key exists */
  create(key: string, value: T): Promise<boolean> {
    return this.ifUnchanged(this.bucket.create(key, JSON.stringify(value)));
  }

  async find(key: string): Promise<Revised<T> | null> {
    const entry = await this.bucket.get(key).catch((cause: unknown) => {
      throw this.unavailable(cause);
    });
    return entry?.operation === 'PUT' ? { value: this.schema.parse(entry.json()), revision: entry.revision } : null;
  }

  /** @returns false, and nothing changes, when the key is no longer at that revision */
  replace(key: string, value: T, revision: number): Promise<boolean> {
    return this.ifUnchanged(this.bucket.update(key, JSON.stringify(value), revision));
  }

  /** @returns false, and nothing changes, when the key is no longer at that revision */
  remove(key: string, revision: number): Promise<boolean> {
    return this.ifUnchanged(this.bucket.delete(key, { previousSeq: revision }));
  }

  private async ifUnchanged(write: Promise<unknown>): Promise<boolean> {
    try {
      await write;
      return true;
    } catch (cause) {
      if (isWrongRevision(cause)) {
        return false;
      }
      throw this.unavailable(cause);
    }
  }

  private unavailable(cause: unknown): FacetError {
    return new FacetError('unavailable', `${this.what} cannot be reached at the moment.`, { retryable: true, cause });
  }
}
