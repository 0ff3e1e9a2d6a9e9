import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { ListFilters, ListPosition, type SortOrder } from '@facet/contracts';
import { JsonBucket } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import type { KV } from '@nats-io/kv';
import { z } from 'zod';

/** Key of the bucket of signing keys. */
const KEY_NAME = 'gallery-cursors';

/** Raise it when a cursor comes to mean something else: those of before are refused then. */
const VERSION = 1;

/** Bytes of a signature. A cursor opens nothing that its user could not see anyway, so half a digest is plenty. */
const SIGNATURE_BYTES = 16;

/** The list that a cursor is a place in: it is good for no other. */
export interface CursorScope {
  user_id: string;
  sort: SortOrder;
  filters: ListFilters;
}

/** Places in a user's list as clients carry them: `<place>.<signature>`, both base64url (ADR 15). */
export class GalleryCursors {
  /** @param key the same in all gateways */
  constructor(private readonly key: Buffer) {}

  /** Takes the key that all gateways share out of the bucket, or makes it if this is the first one ever. */
  static async open(bucket: KV): Promise<GalleryCursors> {
    const keys = new JsonBucket(bucket, z.base64());
    await keys.create(KEY_NAME, randomBytes(32).toString('base64'));
    const kept = await keys.find(KEY_NAME);
    if (!kept) {
      throw new FacetError('unavailable', 'The key of cursors is not there.', { retryable: true });
    }
    return new GalleryCursors(Buffer.from(kept.value, 'base64'));
  }

  /** The cursor to what comes after a picture. */
  after({ created_at, id }: ListPosition, scope: CursorScope): string {
    const position = { created_at, id };
    return `${Buffer.from(JSON.stringify(position)).toString('base64url')}.${this.sign(position, scope).toString('base64url')}`;
  }

  /** @throws FacetError `invalid_request` for what is no cursor of ours, of another user, or of a list by other filters */
  read(cursor: string, scope: CursorScope): ListPosition {
    const [place = '', signature = ''] = cursor.split('.');
    const position = ListPosition.safeParse(parsed(place));
    if (!position.success || !isEqual(Buffer.from(signature, 'base64url'), this.sign(position.data, scope))) {
      throw new FacetError('invalid_request', 'cursor: It does not belong to this list.', { details: { field: 'cursor' } });
    }
    return position.data;
  }

  private sign({ created_at, id }: ListPosition, { user_id, sort, filters }: CursorScope): Buffer {
    // in the schema's order, not in that of the query
    const wanted = (Object.keys(ListFilters.shape) as (keyof ListFilters)[]).map((name) => [name, filters[name] ?? null]);
    const signed = JSON.stringify([VERSION, user_id, sort, wanted, created_at, id]);
    return createHmac('sha256', this.key).update(signed).digest().subarray(0, SIGNATURE_BYTES);
  }
}

function parsed(place: string): unknown {
  try {
    return JSON.parse(Buffer.from(place, 'base64url').toString());
  } catch {
    return undefined;
  }
}

const isEqual = (given: Buffer, expected: Buffer): boolean => given.length === expected.length && timingSafeEqual(given, expected);
