import { mongo } from 'mongoose';
import type { Migration } from './migration';

/** Code of MongoDB's error for an index that is not there. */
const INDEX_NOT_FOUND = 27;

const REPLACED = ['user_id_1_created_at_-1__id_-1', 'user_id_1_type_1_created_at_-1__id_-1'];

/** Lists by everything that can be asked for, without deleted pictures. Their predecessors go when they are there. */
export const listIndexes: Migration = {
  version: 3,
  what: 'indexes of lists',
  run: async (database) => {
    const images = database.collection('images');
    const [whose, order, tail] = [
      { user_id: 1, listed: 1 },
      { created_at: -1, _id: -1 },
      { type: 1, depth: 1, 'generation.provider': 1, starred: 1 },
    ] as const;
    await images.createIndexes([
      { name: 'list_by_time', key: { ...whose, ...order } },
      { name: 'list_by_type', key: { ...whose, type: 1, ...order, starred: 1 } },
      { name: 'list_by_depth', key: { ...whose, depth: 1, ...order, type: 1, starred: 1 } },
      { name: 'list_by_provider', key: { ...whose, 'generation.provider': 1, ...order, type: 1, depth: 1, starred: 1 } },
      { name: 'list_by_star', key: { ...whose, starred: 1, ...order, type: 1, depth: 1, 'generation.provider': 1 } },
      { name: 'list_by_word', key: { ...whose, words: 1, ...order, ...tail } },
      { name: 'list_by_root', key: { ...whose, root_image_id: 1, ...order, ...tail } },
      { name: 'list_by_parent', key: { ...whose, parent_image_id: 1, ...order, root_image_id: 1, ...tail } },
    ]);
    for (const name of REPLACED) {
      await images.dropIndex(name).catch((error: unknown) => {
        if (!(error instanceof mongo.MongoServerError && error.code === INDEX_NOT_FOUND)) {
          throw error;
        }
      });
    }
  },
};
