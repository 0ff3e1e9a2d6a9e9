import { Inject, Injectable } from '@nestjs/common';
import { JsonBucket, NATS_CONNECTION } from '@facet/messaging';
import type { KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { z } from 'zod';

/** Injection token of the KV bucket of refresh-token families. */
export const SESSIONS_KV = Symbol('SESSIONS_KV');

/** A login and its refresh tokens, of which only the newest is valid: a family (RFC 9700, 4.14.2). */
const Session = z.object({
  user_id: z.string(),
  email: z.string(),
  /** SHA-256 of the newest token's secret, in hex */
  secret_hash: z.string(),
  created_at: z.iso.datetime(),
  /** the newest token is valid until then */
  expires_at: z.iso.datetime(),
});
export type Session = z.infer<typeof Session>;

/** Refresh-token families by their id. A family that was revoked is gone. */
@Injectable()
export class SessionsStore extends JsonBucket<Session> {
  constructor(
    @Inject(SESSIONS_KV) bucket: KV,
    @Inject(NATS_CONNECTION) private readonly connection: NatsConnection,
  ) {
    super(bucket, Session);
  }

  /**
   * Ends all families of a user. Looks at those of everybody, accounts are deleted rarely, until twice there is none: one that is
   * refreshed while the keys are read may not be among them.
   */
  async removeAllOf(userId: string): Promise<void> {
    for (let emptyPasses = 0; emptyPasses < 2;) {
      emptyPasses += 1;
      for (const family of await this.keys(this.connection)) {
        // one that is refreshed meanwhile has another revision
        for (let found = await this.find(family); found?.value.user_id === userId; found = await this.find(family)) {
          await this.remove(family, found.revision);
          emptyPasses = 0;
        }
      }
    }
  }
}
