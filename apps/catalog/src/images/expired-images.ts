import type { ExpiredImage, ExpiredQuery, ImageRecord } from '@facet/contracts';
import { isTombstone } from './tombstone.projection';

type Expired = Pick<ExpiredImage, 'deleted_at' | 'id'>;

/** Deleted longest ago first, then by id: instants of one precision sort as text. */
const longestFirst = (a: Expired, b: Expired): number => compare(a.deleted_at, b.deleted_at) || compare(a.id, b.id);

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Those of the pictures that the query asks for, in its order. */
export function expiredAmong(records: Iterable<ImageRecord>, { user_id: of, deleted_before, after, limit }: ExpiredQuery): ExpiredImage[] {
  const found: ExpiredImage[] = [];
  for (const record of records) {
    const { id, user_id, deleted_at, applied } = record;
    const isMeant = of === undefined ? record.purged_at === null : of === user_id && !isTombstone(record);
    if (isMeant && deleted_at !== null && deleted_at < deleted_before) {
      found.push({ id, user_id, deleted_at, deletion: applied.deletion });
    }
  }
  return found
    .filter((image) => after === undefined || longestFirst(after, image) < 0)
    .sort(longestFirst)
    .slice(0, limit);
}
