import type { ErrorCode } from '@facet/contracts';

/** The one place where an error code meets an HTTP status. */
export const ERROR_STATUS: Record<ErrorCode, number> = {
  invalid_request: 400,
  unauthenticated: 401,
  not_owner: 403,
  not_found: 404,
  image_not_found: 404,
  job_not_found: 404,
  in_progress: 409,
  image_deleted: 409,
  account_closing: 409,
  email_taken: 409,
  image_gone: 410,
  upload_too_large: 413,
  unsupported_image: 415,
  refused: 422,
  idempotency_mismatch: 422,
  rate_limited: 429,
  too_many_pending_jobs: 429,
  daily_limit_reached: 429,
  internal: 500,
  model_failed: 502,
  storage_failed: 502,
  unavailable: 503,
};
