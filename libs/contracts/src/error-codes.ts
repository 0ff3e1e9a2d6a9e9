/** Every error code that a client or another service can meet. They are the identity of an error; texts are not. */
export const ERROR_CODES = [
  'invalid_request',
  'unauthenticated',
  'not_owner',
  'not_found',
  'image_not_found',
  'job_not_found',
  'in_progress',
  'image_deleted',
  'image_gone',
  'account_closing',
  'email_taken',
  'upload_too_large',
  'unsupported_image',
  'refused',
  'idempotency_mismatch',
  'rate_limited',
  'too_many_pending_jobs',
  'daily_limit_reached',
  'model_failed',
  'storage_failed',
  'unavailable',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** An error as it travels between services. */
export interface ErrorFacts {
  code: ErrorCode;
  message: string;
  retryable: boolean;
  details?: Record<string, unknown>;
}
