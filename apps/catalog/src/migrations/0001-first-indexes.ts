import { createImages } from '../images/create-images';
import type { Migration } from './migration';

/** What catalogs had before there were migrations: these are taken over as they are. */
export const firstIndexes: Migration = {
  version: 1,
  what: 'collection of pictures and its first indexes',
  run: async (database) => {
    await createImages(database);
    await database
      .collection('images')
      .createIndexes([
        { key: { user_id: 1, created_at: -1, _id: -1 } },
        { key: { user_id: 1, type: 1, created_at: -1, _id: -1 } },
        { key: { root_image_id: 1, created_at: 1, _id: 1 } },
        { key: { ornament_id: -1 } },
      ]);
  },
};
