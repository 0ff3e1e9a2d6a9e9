import { FacetError } from '@facet/platform';
import type { FastifyRequest } from 'fastify';

/** Printable ASCII, as https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/ has it. */
const KEY = /^[\x20-\x7e]{1,255}$/;

/** The request's `Idempotency-Key`, if it has one. */
export function idempotencyKeyOf(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) {
    return null;
  }
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw new FacetError('invalid_request', 'Idempotency-Key: must be 1 to 255 printable characters.');
  }
  return key;
}
