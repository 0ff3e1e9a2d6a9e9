import { setTimeout as delay } from 'node:timers/promises';
import { JetStreamApiError } from '@nats-io/jetstream';

/** JetStream's code for a new stream with subjects of another. */
const SUBJECTS_OVERLAP = 10_065;

const TRIES = 5;

/** Wait for whoever declares the same, in ms. */
const PAUSE_MS = 50;

/**
 * Makes a stream or a bucket, or finds that it is there, while other processes do the same: a server that is in the middle of making it
 * for one of them tells the others that their subjects overlap.
 */
export async function declareShared<T>(make: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await make();
    } catch (error) {
      if (tried === TRIES || !(error instanceof JetStreamApiError) || error.code !== SUBJECTS_OVERLAP) {
        throw error;
      }
      await delay(PAUSE_MS);
    }
  }
}
