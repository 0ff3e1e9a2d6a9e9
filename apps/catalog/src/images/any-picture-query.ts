import { trusted, type Model } from 'mongoose';
import { PROVIDER_INDEX } from './image-indexes';
import type { ImageDocument } from './image.schema';
import { NOBODY } from './tombstone.projection';

/** Of the pictures of a user those that are not purged. */
export const notPurgedOf = (userId: string) => ({ user_id: userId, 'generation.provider': trusted({ $ne: NOBODY }) });

/** Any picture of a user that is not purged. Tombstones, of which there may be many, are left out by the index. */
export const anyPictureQuery = (images: Model<ImageDocument>, userId: string) =>
  images
    .findOne({ ...notPurgedOf(userId), listed: trusted({ $in: [true, false] }) }, { _id: 1 })
    .hint(PROVIDER_INDEX)
    .lean();
