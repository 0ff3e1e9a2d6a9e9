import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';

/** Whether a compare-and-set lost: another writer was faster. */
export const isWrongRevision = (cause: unknown): boolean =>
  cause instanceof JetStreamApiError &&
  (cause.code === JetStreamApiCodes.StreamWrongLastSequence || cause.code === JetStreamApiCodes.StreamWrongLastSequenceUnknown);
