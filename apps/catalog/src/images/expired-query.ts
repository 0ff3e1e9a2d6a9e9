import type { ExpiredQuery } from '@facet/contracts';
import { trusted, Types, type Model } from 'mongoose';
import { notPurgedOf } from './any-picture-query';
import { EXPIRY_INDEX, PROVIDER_INDEX } from './image-indexes';
import type { ImageDocument } from './image.schema';

/** What is read of a picture that can no longer be restored. */
type ExpiredDocument = Pick<ImageDocument, '_id' | 'user_id' | 'deleted_at' | 'applied'>;

/** Pictures that were deleted before a moment, those deleted longest ago first. Of everybody those that are not being purged, of one user all. */
export function expiredQuery(images: Model<ImageDocument>, { user_id, deleted_before, after, limit }: ExpiredQuery) {
  const before = { $lt: new Date(deleted_before) };
  const seen = after && { at: new Date(after.deleted_at), id: new Types.ObjectId(after.id) };
  const filter = {
    listed: false,
    ...(user_id === undefined ? { purged_at: null } : notPurgedOf(user_id)),
    deleted_at: trusted(seen ? { $gte: seen.at, ...before } : before),
    ...(seen && { $or: [{ deleted_at: trusted({ $gt: seen.at }) }, { _id: trusted({ $gt: seen.id }) }] }),
  };
  return (
    images
      .find(filter, { user_id: 1, deleted_at: 1, applied: 1 })
      .sort({ deleted_at: 1, _id: 1 })
      .limit(limit)
      // of one user it is asked for rarely enough to look at all that are deleted
      .hint(user_id === undefined ? EXPIRY_INDEX : PROVIDER_INDEX)
      .lean<ExpiredDocument[]>()
  );
}
