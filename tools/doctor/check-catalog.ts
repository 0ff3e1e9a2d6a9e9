import { mongo } from 'mongoose';
import type { CatalogConfig } from '../../apps/catalog/src/catalog.config';
import { failureName } from './failure-name';
import { fail, ok, warn, type Verdict } from './finding';
import { shownAddress } from './shown-address';

/** Longest wait for MongoDB, in ms. */
const PATIENCE_MS = 3_000;

/** Codes of MongoDB's errors for a user that it does not know, or that may not read: https://www.mongodb.com/docs/manual/reference/error-codes/ */
const NOT_ALLOWED: readonly unknown[] = [13, 18, 8_000];

/** Where records are kept, and for MongoDB whether it answers and lets us in. */
export async function checkCatalog({ MONGODB_URI: uri, MONGODB_DATABASE: database }: CatalogConfig): Promise<Verdict> {
  if (!uri) {
    return ok('records are held in memory and replayed from the event log; MONGODB_URI has MongoDB keep them');
  }
  try {
    return await askMongoDb(uri, database);
  } catch (error) {
    return mongoFailure(error, shownAddress(uri));
  }
}

async function askMongoDb(uri: string, database: string): Promise<Verdict> {
  const client = new mongo.MongoClient(uri, {
    serverSelectionTimeoutMS: PATIENCE_MS,
    connectTimeoutMS: PATIENCE_MS,
    socketTimeoutMS: PATIENCE_MS,
  });
  try {
    // unlike a ping, this needs a user where the server wants one
    await client.db(database).command({ listCollections: 1, nameOnly: true });
    return ok(`MongoDB at ${shownAddress(uri)} answers; records are kept in the database ${database}`);
  } finally {
    await client.close();
  }
}

/** @param address without user, password and query */
export function mongoFailure(error: unknown, address: string): Verdict {
  if (error instanceof mongo.MongoServerError && NOT_ALLOWED.includes(error.code)) {
    return fail(`MongoDB at ${address} does not accept the user: ${error.codeName ?? String(error.code)}`, 'MONGODB_URI');
  }
  if (error instanceof mongo.MongoParseError || error instanceof mongo.MongoInvalidArgumentError || error instanceof mongo.MongoAPIError) {
    return fail(`cannot be used as an address of MongoDB: ${failureName(error)}`, 'MONGODB_URI');
  }
  return warn(`MongoDB at ${address} does not answer right now, services wait for it: ${failureName(error)}`, 'MONGODB_URI');
}
