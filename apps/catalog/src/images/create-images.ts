import { mongo, type Connection } from 'mongoose';
import { imageValidation } from './image-validation';

/** Code of MongoDB's error for a collection that is there. */
const NAMESPACE_EXISTS = 48;

/** Makes the collection of pictures where it is absent. A new one refuses unfit documents from the beginning. */
export async function createImages(database: Connection): Promise<void> {
  try {
    await database.createCollection('images', { validator: imageValidation, writeConcern: { w: 'majority' } });
  } catch (error) {
    if (!(error instanceof mongo.MongoServerError && error.code === NAMESPACE_EXISTS)) {
      throw error;
    }
  }
}
