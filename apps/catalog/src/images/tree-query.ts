import { Types, type Model } from 'mongoose';
import { placeOfDocument, type PlaceDocument } from './image-document.mapper';
import type { OwnedTree, TreePlace } from './image.repository';
import type { ImageDocument } from './image.schema';

/** The places of one day's pictures of a tree. */
interface DayOfPlaces {
  places: PlaceDocument[];
}

/**
 * The places of a tree, in a document for each day: one for each picture takes twice as long. A document has 16 MB, which hold more
 * than a hundred thousand. Not sorted: DocumentDB would, and take twice as long.
 */
export const treeQuery = (images: Model<ImageDocument>, { root_image_id, user_id }: OwnedTree) =>
  images.aggregate<DayOfPlaces>([
    // the user decides on the shard
    { $match: { root_image_id: new Types.ObjectId(root_image_id), user_id } },
    {
      $group: {
        _id: { $dateToString: { date: '$created_at', format: '%Y-%m-%d' } },
        places: { $push: { _id: '$_id', parent_image_id: '$parent_image_id', created_at: '$created_at' } },
      },
    },
  ]);

export const placesOf = (days: readonly DayOfPlaces[]): TreePlace[] => days.flatMap(({ places }) => places.map(placeOfDocument));
