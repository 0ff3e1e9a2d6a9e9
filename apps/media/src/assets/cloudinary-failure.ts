import { FacetError } from '@facet/platform';

/** What is read of a failure. The SDK's own objects may hold the request with the secret in it: nothing else is kept. */
interface FailureFacts {
  /** HTTP status; 499 is the SDK's own for a request that took too long; 0 when there was no answer */
  status: number;
  /** in Cloudinary's or Node's words */
  words: string;
}

/** Cloudinary's rate limit ends at an hour, which it tells in words: https://cloudinary.com/documentation/admin_api#usage_limits */
const TRY_AGAIN = /Try again on (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC/;

/** Statuses that a later attempt may not meet: too slow, limited (420 is Cloudinary's own), and an answer that was no JSON. */
const PASSING = new Set([0, 200, 408, 420, 425, 429, 499]);

/** Statuses that tell of a wrong key, secret, cloud or API address. */
const WRONG_ACCOUNT = new Set([301, 302, 303, 307, 308, 401, 403, 404]);

/** What others than Cloudinary may say while it is at a call still: a proxy, and the SDK itself of one that took too long. */
const SAID_BY_OTHERS = new Set([0, 408, 499, 502, 503, 504]);

/** Whether Cloudinary itself has refused a call, so that it is not at it any more. False of what is no failure of Cloudinary's. */
export function isRefusal(failure: unknown): boolean {
  const status = failure instanceof FacetError ? failure.details['status'] : undefined;
  return typeof status === 'number' && !SAID_BY_OTHERS.has(status);
}

/**
 * Decides what a failed call of Cloudinary's API means.
 *
 * @param thrown what the SDK rejected with or called back
 * @param secrets texts that must not appear anywhere
 * @param now ms since 1970
 * @returns `storage_failed`: retryable when waiting may help, with `details.retry_after_ms` when Cloudinary said how
 *   long; with `details.variable` when the account is misconfigured
 */
export function cloudinaryFailure(thrown: unknown, secrets: readonly string[], now: number): FacetError {
  const { status, words } = factsOf(thrown);
  const reason = withoutSecrets(words, secrets);
  const cause = new Error(`Cloudinary: ${status || 'no answer'}: ${reason}`);
  if (PASSING.has(status) || status >= 500) {
    const message = 'Cloudinary cannot store or remove pictures at the moment.';
    return new FacetError('storage_failed', message, { retryable: true, details: { status, reason, ...delayIn(words, now) }, cause });
  }
  if (WRONG_ACCOUNT.has(status) || words.includes('cloud_name')) {
    const message = 'Cloudinary does not accept the account in CLOUDINARY_URL.';
    return new FacetError('storage_failed', message, { details: { variable: 'CLOUDINARY_URL', status, reason }, cause });
  }
  return new FacetError('storage_failed', 'Cloudinary does not accept the picture.', { details: { status, reason }, cause });
}

/** The Admin API nests its error beside the request; the Upload API gives it plainly; Node's errors have no status. */
function factsOf(thrown: unknown): FailureFacts {
  const { http_code: status, message, code } = membersOf(membersOf(thrown)['error'] ?? thrown);
  const words = [code, message].filter((word) => typeof word === 'string').join(' ');
  return { status: typeof status === 'number' ? status : 0, words: words || 'no whole answer' };
}

const membersOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** The text to sign names the user's folder, which is nobody's business either. */
function withoutSecrets(words: string, secrets: readonly string[]): string {
  const [text = ''] = words.split('. String to sign');
  return secrets
    .filter((secret) => secret !== '')
    .reduce((blanked, secret) => blanked.replaceAll(secret, '***'), text)
    .slice(0, 300);
}

function delayIn(words: string, now: number): { retry_after_ms?: number } {
  const [, day, time] = TRY_AGAIN.exec(words) ?? [];
  return day && time ? { retry_after_ms: Math.max(0, Date.parse(`${day}T${time}Z`) - now) } : {};
}
