import { trusted, type Model } from 'mongoose';
import { PROVIDER_INDEX } from './image-indexes';
import type { ImageDocument } from './image.schema';
import { NOBODY } from './tombstone.projection';

/** Any picture of a user that is not purged. Tombstones, of which there may be many, are left out by the index. */
export const anyPictureQuery = (images: Model<ImageDocument>, userId: string) =>
  images
    .findOne({ user_id: userId, listed: trusted({ $in: [true, false] }), 'generation.provider': trusted({ $ne: NOBODY }) }, { _id: 1 })
    .hint(PROVIDER_INDEX)
    .lean();
