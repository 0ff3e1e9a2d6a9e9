import { isWrongRevision } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import type { KV } from '@nats-io/kv';
import type { z } from 'zod';

/** A record and the revision of its key, which a compare-and-set names. */
export interface Revised<T> {
  value: T;
  revision: number;
}

/** Records of one kind as JSON in a KV bucket. What is read is parsed; an unreachable bucket is FacetError `unavailable`. */
export class JsonBucket<T> {
  constructor(
    private readonly bucket: KV,
    private readonly schema: z.ZodType<T>,
  ) {}

  /** Keys that exist at the moment. @param filter as for subjects, such as `closing.*` */
  async keys(filter = '>'): Promise<string[]> {
    try {
      const keys: string[] = [];
      for await (const key of await this.bucket.keys(filter)) {
        keys.push(key);
      }
      return keys;
    } catch (cause) {
      throw unavailable(cause);
    }
  }

  /** @returns false, and nothing changes, when the key exists */
  create(key: string, value: T): Promise<boolean> {
    return ifUnchanged(this.bucket.create(key, JSON.stringify(value)));
  }

  async find(key: string): Promise<Revised<T> | null> {
    const entry = await this.bucket.get(key).catch((cause: unknown) => {
      throw unavailable(cause);
    });
    return entry?.operation === 'PUT' ? { value: this.schema.parse(entry.json()), revision: entry.revision } : null;
  }

  /** @returns false, and nothing changes, when the key is no longer at that revision */
  replace(key: string, value: T, revision: number): Promise<boolean> {
    return ifUnchanged(this.bucket.update(key, JSON.stringify(value), revision));
  }

  /** @returns false, and nothing changes, when the key is no longer at that revision */
  remove(key: string, revision: number): Promise<boolean> {
    return ifUnchanged(this.bucket.delete(key, { previousSeq: revision }));
  }
}

async function ifUnchanged(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (cause) {
    if (isWrongRevision(cause)) {
      return false;
    }
    throw unavailable(cause);
  }
}

const unavailable = (cause: unknown): FacetError =>
  new FacetError('unavailable', 'What is kept for users cannot be reached at the moment.', { retryable: true, cause });
