import type { Migration } from './migration';

/** Pictures whose time to be restored is over are found without looking at any other. */
export const expiryIndex: Migration = {
  version: 6,
  what: 'index of deleted pictures',
  run: async (database) => {
    await database.collection('images').createIndexes([
      {
        name: 'deleted_and_not_purged',
        key: { purged_at: 1, deleted_at: 1, _id: 1 },
        partialFilterExpression: { listed: false },
      },
    ]);
  },
};
