import type { Tombstone } from '@facet/contracts';
import { CLOCKS_MS } from '@facet/messaging';

/** Longest time in which a request is received, in ms: the id is made at its beginning, `created_at` is its end. */
const RECEIVING_MS = 600_000;

/**
 * The earliest moment at which the log may speak of a picture. An id that was made for one request begins with the second it was made
 * in. One that belongs to an idempotency key tells no time: earlier attempts may lie back as long as there is a log.
 */
export function firstMoment({ image_id, created_at }: Pick<Tombstone, 'image_id' | 'created_at'>): Date {
  const made = Number.parseInt(image_id.slice(0, 8), 16) * 1_000;
  const received = Date.parse(created_at) - made;
  return received >= 0 && received < RECEIVING_MS ? new Date(made - CLOCKS_MS) : new Date(0);
}
