import { FacetError } from '@facet/platform';

/** What whoever reads or writes the event log says when NATS does not answer. */
export const eventLogAway = (cause: unknown): FacetError =>
  new FacetError('unavailable', 'The event log does not answer at the moment.', { retryable: true, cause });
