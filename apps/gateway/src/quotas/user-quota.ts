import { Injectable } from '@nestjs/common';
import { isTerminal } from '@facet/contracts';
import { JobStore } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import pLimit, { type LimitFunction } from 'p-limit';
import { QuotasStore } from './quotas.store';
import { assertOpen, exceededLimit, isCounted, usageAt, withJob, type QuotaLimits, type Usage } from './usage';

/** The limits that every user has: an injection token that is a class, so that it injects by type. */
export class UserLimits implements QuotaLimits {
  constructor(
    readonly pending: number,
    readonly perDay: number,
  ) {}
}

/** A job without a key is one that a gateway is about to create, or one that came to nothing: after this time, in ms, the latter. */
const SUBMISSION_MS = 300_000;

/** Lost races before taking gives up. A gateway takes a user's one after the other, so only other gateways are raced with. */
const MAX_RACES = 100;

/**
 * Bounds what one user can spend. Pending jobs are looked up when a user is at the limit, so nobody needs to report a
 * job's end, and one whose end nobody saw is not counted for ever.
 */
@Injectable()
export class UserQuota {
  private readonly queues = new Map<string, LimitFunction>();

  constructor(
    private readonly quotas: QuotasStore,
    private readonly jobs: JobStore,
    private readonly limits: UserLimits,
  ) {}

  /**
   * Whether there is room for a job, before anything is read or stored for it. Counts nothing.
   *
   * @throws FacetError `too_many_pending_jobs` or `daily_limit_reached`, with `retry_after_seconds`; `account_closing`
   */
  async assertRoom(userId: string, imageId: string): Promise<void> {
    const now = new Date();
    const known = await this.quotas.find(userId);
    await this.usageWithRoom(usageAt(now, known?.value ?? null), imageId, now);
  }

  /**
   * Counts a job. The same job again is counted once. Exact over all gateways.
   *
   * @throws FacetError as `assertRoom`
   */
  async take(userId: string, imageId: string): Promise<void> {
    const oneByOne = this.queues.get(userId) ?? pLimit(1);
    this.queues.set(userId, oneByOne);
    try {
      await oneByOne(() => this.count(userId, imageId));
    } finally {
      if (oneByOne.activeCount + oneByOne.pendingCount === 0) {
        this.queues.delete(userId);
      }
    }
  }

  /**
   * Lets a user ask for nothing more. A job is either refused from now on, or known to `pending`.
   *
   * @returns the receipt of the deletion: that of the first who has asked for it
   */
  async close(userId: string, receiptId: string): Promise<string> {
    return this.amend(userId, (usage) => ({ ...usage, closing: usage.closing ?? receiptId }));
  }

  /** Forgets what a user has asked for; that nothing more may be asked for is forgotten by itself, after two days. */
  async forget(userId: string, receiptId: string): Promise<void> {
    await this.amend(userId, () => ({ ...usageAt(new Date(), null), closing: receiptId }));
  }

  /** Jobs of a user that may not have ended. */
  async pending(userId: string): Promise<string[]> {
    const [known, now] = [await this.quotas.find(userId), new Date()];
    return known ? (await this.stillPending(known.value, now)).map(({ image_id }) => image_id) : [];
  }

  private async amend(userId: string, amend: (usage: Usage) => Usage & { closing: string }): Promise<string> {
    for (let race = 0; race < MAX_RACES; race += 1) {
      const known = await this.quotas.find(userId);
      const amended = amend(usageAt(new Date(), known?.value ?? null));
      if (await this.quotas.write(userId, amended, known)) {
        return amended.closing;
      }
    }
    throw tooManyAtOnce();
  }

  private async count(userId: string, imageId: string): Promise<void> {
    for (let race = 0; race < MAX_RACES; race += 1) {
      const now = new Date();
      const known = await this.quotas.find(userId);
      const usage = await this.usageWithRoom(usageAt(now, known?.value ?? null), imageId, now);
      if (usage === null || (await this.quotas.write(userId, withJob(usage, imageId, now), known))) {
        return;
      }
    }
    throw tooManyAtOnce();
  }

  /** The usage without the jobs that have ended, as far as room was needed; `null` when this job is counted already. */
  private async usageWithRoom(usage: Usage, imageId: string, now: Date): Promise<Usage | null> {
    assertOpen(usage);
    if (isCounted(usage, imageId)) {
      return null;
    }
    if (!exceededLimit(usage, this.limits, now)) {
      return usage;
    }
    const known = await this.jobs.find(imageId);
    if (known && !isTerminal(known.job.state)) {
      return null;
    }
    const pruned = { ...usage, pending: await this.stillPending(usage, now) };
    const exceeded = exceededLimit(pruned, this.limits, now);
    if (exceeded) {
      throw exceeded;
    }
    return pruned;
  }

  private async stillPending({ pending }: Usage, now: Date): Promise<Usage['pending']> {
    const ended = await Promise.all(
      pending.map(async ({ image_id, taken_at }) => {
        const found = await this.jobs.find(image_id);
        return found ? isTerminal(found.job.state) : now.getTime() - Date.parse(taken_at) > SUBMISSION_MS;
      }),
    );
    return pending.filter((_, index) => !ended[index]);
  }
}

const tooManyAtOnce = (): FacetError =>
  new FacetError('unavailable', 'Too many of your requests came at the same moment; please try again.', { retryable: true });
