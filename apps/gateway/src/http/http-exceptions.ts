import { FacetError } from '@facet/platform';

/** A 4xx of the frameworks in our words: their own texts speak of their insides. */
export function errorOfHttpStatus(status: number, cause: unknown): FacetError {
  switch (status) {
    case 401:
      return new FacetError('unauthenticated', 'A valid access token is needed.', { cause });
    case 404:
    case 405:
      return new FacetError('not_found', 'There is nothing at this address.', { cause });
    case 413:
      return new FacetError('upload_too_large', 'The request is too large.', { cause });
    case 429:
      return new FacetError('rate_limited', 'Too many requests; please wait a moment.', { retryable: true, cause });
    default:
      return new FacetError('invalid_request', 'The request could not be read: check its content type and its body.', { cause });
  }
}
