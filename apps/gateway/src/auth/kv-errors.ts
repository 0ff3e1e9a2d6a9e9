import { FacetError } from '@facet/platform';

export const unavailable = (cause: unknown): FacetError =>
  new FacetError('unavailable', 'Accounts cannot be reached at the moment.', { retryable: true, cause });
