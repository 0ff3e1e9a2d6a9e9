import { Injectable, type ExecutionContext } from '@nestjs/common';
import { FacetError } from '@facet/platform';
import { ThrottlerGuard, type ThrottlerLimitDetail } from '@nestjs/throttler';

/**
 * Bounds how often one client address may try to log in. Register, login and refresh draw on one allowance; an IPv6 client
 * counts by its network. Counted in each process for itself: a bound on guessing, not a quota.
 */
@Injectable()
export class AuthRateLimitGuard extends ThrottlerGuard {
  protected override generateKey(_context: ExecutionContext, address: string, name: string): string {
    return `${name}:${address}`;
  }

  protected override throwThrottlingException(_context: ExecutionContext, limit: ThrottlerLimitDetail): Promise<void> {
    throw new FacetError('rate_limited', 'Too many attempts from your address; wait a little.', {
      retryable: true,
      details: { retry_after_seconds: limit.timeToBlockExpire },
    });
  }
}
