import { createHash } from 'node:crypto';

/**
 * Folder of a user's assets. The ids of our own accounts are used as they are; those of an outside identity provider
 * may hold anything (`auth0|123`, an address), so that others are replaced by a digest that is safe in paths and URLs.
 */
export const userFolder = (userId: string): string =>
  /^[A-Za-z0-9_-]{1,64}$/.test(userId) ? userId : createHash('sha256').update(userId).digest('hex').slice(0, 32);
