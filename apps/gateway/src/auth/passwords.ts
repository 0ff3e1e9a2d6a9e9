import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { FacetError } from '@facet/platform';
import pLimit from 'p-limit';

/** argon2id as OWASP's Password Storage Cheat Sheet asks for: 19 MiB, 2 passes, 1 lane. About 6 ms on one core. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Computations at once. Each holds 19 MiB and one of libuv's 4 threads, which name look-ups and files need too. */
const MAX_RUNNING = 2;

/** Computations that wait, under a second of work; whoever comes then is sent away. */
const MAX_WAITING = 100;
const RETRY_AFTER_SECONDS = 2;

/** Hash of an account that does not exist: same cost, and no password is known that has it (all bits of salt and digest are 0). */
const NOBODYS_HASH = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Password hashes, a bounded number at once: they are the one thing here that costs real time and memory. */
@Injectable()
export class Passwords {
  private readonly limit = pLimit(MAX_RUNNING);

  /** @throws FacetError `rate_limited` when too many wait already */
  hash(password: string): Promise<string> {
    return this.bounded(() => hash(canonical(password), COST));
  }

  /**
   * Whether the password has this hash. Without a hash (no such account) the answer is no, after the same time.
   *
   * @throws FacetError `rate_limited` when too many wait already
   */
  verify(password: string, passwordHash: string | undefined): Promise<boolean> {
    return this.bounded(async () => (await verify(passwordHash ?? NOBODYS_HASH, canonical(password))) && passwordHash !== undefined);
  }

  private async bounded<T>(work: () => Promise<T>): Promise<T> {
    if (this.limit.pendingCount >= MAX_WAITING) {
      throw new FacetError('rate_limited', 'Too many people are logging in at the moment.', {
        retryable: true,
        details: { retry_after_seconds: RETRY_AFTER_SECONDS },
      });
    }
    return this.limit(work);
  }
}

/** Keyboards differ in how they write an "é": one password, one form (RFC 8265, 4.2.2). */
const canonical = (password: string): string => password.normalize('NFC');
