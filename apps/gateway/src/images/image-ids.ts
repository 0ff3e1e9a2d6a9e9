import { createHash } from 'node:crypto';
import { ObjectId } from 'bson';

/** The id of a new picture and of the job that makes it. */
export const newImageId = (): string => new ObjectId().toHexString();

/** The id that belongs to a user's idempotency key: the same key is the same picture. */
export const imageIdOfKey = (userId: string, idempotencyKey: string): string =>
  createHash('sha256')
    .update(JSON.stringify([userId, idempotencyKey]))
    .digest('hex')
    .slice(0, 24);
