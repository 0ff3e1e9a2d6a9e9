import type { FacetError } from '@facet/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ERROR_STATUS } from './error-status';

/** Answer to "when may I try again" where nothing better is known, in seconds. */
const DEFAULT_RETRY_AFTER = 2;

/** Sends an error in the one shape that all of them have. */
export function answerWithError(error: FacetError, request: FastifyRequest, reply: FastifyReply): void {
  const status = ERROR_STATUS[error.code];
  if (status === 429 || status === 503) {
    void reply.header('retry-after', String(retryAfterOf(error)));
  }
  if (status === 401) {
    void reply.header('www-authenticate', 'Bearer');
  }
  void reply.status(status).send(errorBody(error, request.id));
}

/** The one shape. */
export const errorBody = ({ message, code, retryable }: FacetError, requestId: string) => ({
  success: false,
  error: message,
  code,
  retryable,
  request_id: requestId,
});

/** Seconds until another try may work. */
function retryAfterOf({ details }: FacetError): number {
  const known = details['retry_after_seconds'];
  return typeof known === 'number' ? known : DEFAULT_RETRY_AFTER;
}
