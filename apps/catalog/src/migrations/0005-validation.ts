import { mongo } from 'mongoose';
import { imageValidation } from '../images/image-validation';
import type { Migration } from './migration';

/** Code of the error of a server that does not know the command: compatible ones may not. */
const NO_SUCH_COMMAND = 59;

/** The database refuses documents that are not pictures of this version. A collection that is new does so already. */
export const validation: Migration = {
  version: 5,
  what: 'validation by the database',
  run: async (database) => {
    const command = { collMod: 'images', validator: imageValidation, validationLevel: 'strict', validationAction: 'error' };
    await database.db?.command(command).catch((error: unknown) => {
      if (!(error instanceof mongo.MongoServerError && error.code === NO_SUCH_COMMAND)) {
        throw error;
      }
    });
  },
};
