import { FacetError, RememberedCheck, withDeadline, type ReadinessFacts } from '@facet/platform';

/** The Admin API allows 500 calls an hour on a free account, shared by all replicas and all other uses of the account. */
const BELIEVED_MS = { good: 5 * 60_000, bad: 60_000 };

/** Longest wait for an answer, in ms: readiness gives a check 2 s. The SDK's ping has no limit of its own. */
const PATIENCE_MS = 1_800;

/** Knows whether Cloudinary answers, and does not ask too often. */
export class CloudinaryHealth {
  private readonly remembered = new RememberedCheck(() => this.ask(), BELIEVED_MS);

  /** @param ping rejects with a FacetError, which has a `reason` among its details */
  constructor(
    private readonly cloud: string,
    private readonly ping: () => Promise<unknown>,
  ) {}

  /**
   * @returns `answers: false` with a `reason` while Cloudinary is away: jobs wait for it and are tried again
   * @throws FacetError `storage_failed` when it refuses the account
   */
  check(): Promise<ReadinessFacts> {
    return this.remembered.check();
  }

  private async ask(): Promise<ReadinessFacts> {
    const facts = { kept_at: 'cloudinary', cloud: this.cloud };
    try {
      await withDeadline(PATIENCE_MS, new AbortController().signal, (late) => Promise.race([this.ping(), rejectionOf(late)]));
      return { ...facts, answers: true };
    } catch (thrown) {
      const error = FacetError.from(thrown);
      if (error.retryable) {
        return { ...facts, answers: false, reason: String(error.details['reason']) };
      }
      throw error;
    }
  }
}

const rejectionOf = (late: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    late.addEventListener('abort', () => {
      const details = { reason: `no answer within ${PATIENCE_MS} ms` };
      reject(new FacetError('storage_failed', 'Cloudinary does not answer.', { retryable: true, details }));
    });
  });
