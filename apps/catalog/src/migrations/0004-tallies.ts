import { MongoTallies } from '../tallies/mongo-tallies';
import type { Migration } from './migration';

/** The pictures that are there are counted. */
export const tallies: Migration = {
  version: 4,
  what: 'counts of pictures by user, month and type',
  run: async (database) => {
    await database.collection('tallies').createIndexes([{ name: 'tallies_of_user', key: { user_id: 1, month: 1 } }]);
    await new MongoTallies(database).recountAll();
  },
};
