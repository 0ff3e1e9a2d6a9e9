import { mongo } from 'mongoose';
import type { CatalogConfig } from '../../apps/catalog/src/catalog.config';
import { failureName } from './failure-name';
import { fail, ok, warn, type Verdict } from './finding';
import { shownAddress } from './shown-address';

/** Longest waits for MongoDB, in ms. */
const TIMEOUTS = { serverSelectionTimeoutMS: 3_000, connectTimeoutMS: 3_000, socketTimeoutMS: 3_000 };

/** Codes of MongoDB's errors for a user that it does not know, or that may not read: https://www.mongodb.com/docs/manual/reference/error-codes/ */
const NOT_ALLOWED: readonly unknown[] = [13, 18, 8_000];

/** Where records are kept, and for MongoDB whether it answers and lets us in. */
export async function checkCatalog({ MONGODB_URI: uri, MONGODB_DATABASE: database }: CatalogConfig): Promise<Verdict> {
  if (!uri) {
    return ok('records are held in memory and replayed from the event log; MONGODB_URI has MongoDB keep them');
  }
  const address = shownAddress(uri);
  let client: mongo.MongoClient;
  try {
    client = new mongo.MongoClient(uri, TIMEOUTS);
  } catch (error) {
    return fail(`cannot be used as an address of MongoDB: ${failureName(error)}`, 'MONGODB_URI');
  }
  try {
    // unlike a ping, this needs a user where the server wants one
    await client.db(database).command({ listCollections: 1, nameOnly: true });
    return ok(`MongoDB at ${address} answers; records are kept in the database ${database}`);
  } catch (error) {
    return mongoFailure(error, address);
  } finally {
    await client.close();
  }
}

/** What a failed question means. @param address without user, password and query */
export function mongoFailure(error: unknown, address: string): Verdict {
  if (error instanceof mongo.MongoServerError && NOT_ALLOWED.includes(error.code)) {
    return fail(`MongoDB at ${address} does not accept the user: ${error.codeName ?? String(error.code)}`, 'MONGODB_URI');
  }
  return warn(`MongoDB at ${address} does not answer right now, services wait for it: ${failureName(error)}`, 'MONGODB_URI');
}
