import { LEASES_BUCKET } from '@facet/contracts';
import { FacetError } from '@facet/platform';
import { jetstream } from '@nats-io/jetstream';
import type { KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { ensureBucket } from '../buckets/ensure-bucket';
import { isWrongRevision } from '../buckets/wrong-revision';

/** Longest life of a lease, in ms: whoever holds one is done by then, or dead. */
const LEASE_TTL_MS = 60_000;

/** Longest wait for the server's answer, in ms. */
const TIMEOUT_MS = 1_500;

/** The right to be the only one who does something, for a minute. */
export interface Lease {
  /** Gives it back. Harmless when it has run out, also when somebody else holds it by now. */
  release: () => Promise<void>;
}

/**
 * Keeps replicas from doing the same work at the same moment. A lease is not renewed: work that may take longer
 * must not rely on one, and neither must what may never happen twice.
 *
 * Errors: `unavailable` (retryable) when NATS does not answer.
 */
export class Leases {
  private constructor(private readonly bucket: KV) {}

  /** @param ttlMs life of a lease; the same in all processes that share a NATS */
  static async open(connection: NatsConnection, ttlMs = LEASE_TTL_MS): Promise<Leases> {
    return new Leases(await ensureBucket(jetstream(connection, { timeout: TIMEOUT_MS }), LEASES_BUCKET, { ttl: ttlMs }));
  }

  /** @returns `null` when somebody else holds it */
  async acquire(key: string): Promise<Lease | null> {
    try {
      const revision = await this.bucket.create(key, new Uint8Array());
      return { release: () => this.release(key, revision) };
    } catch (cause) {
      if (isWrongRevision(cause)) {
        return null;
      }
      throw unavailable(cause);
    }
  }

  private async release(key: string, revision: number): Promise<void> {
    try {
      await this.bucket.delete(key, { previousSeq: revision });
    } catch (cause) {
      if (!isWrongRevision(cause)) {
        throw unavailable(cause);
      }
    }
  }
}

const unavailable = (cause: unknown): FacetError =>
  new FacetError('unavailable', 'Work cannot be shared out at the moment.', { retryable: true, cause });
