import type { Connection } from 'mongoose';
import { imageValidation } from './image-validation';

/** Whether the collection of pictures is there. */
export async function hasImages(database: Connection): Promise<boolean> {
  const found = await database.db?.listCollections({ name: 'images' }, { nameOnly: true }).toArray();
  return found !== undefined && found.length > 0;
}

/** Makes the collection of pictures where it is absent. A new one refuses unfit documents from the beginning. */
export async function createImages(database: Connection): Promise<void> {
  if (await hasImages(database)) {
    return;
  }
  try {
    await database.createCollection('images', { validator: imageValidation, writeConcern: { w: 'majority' } });
  } catch (error) {
    // by somebody else, just now
    if (!(await hasImages(database))) {
      throw error;
    }
  }
}
