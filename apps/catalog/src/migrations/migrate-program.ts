import mongoose from 'mongoose';
import { readCatalogConfig } from '../catalog.config';
import { mongoOptions } from '../mongo/mongo-options';
import { migrate } from './migrate';

/** Longest wait for MongoDB, in ms. */
const PATIENCE_MS = 5_000;

/**
 * Migrates the database that the environment names, and tells about it. Services do the same when they start; this is for
 * whoever wants it done before.
 *
 * @throws ConfigError, and what the driver throws
 */
export async function migrateCatalog(say: (line: string) => void): Promise<void> {
  const { MONGODB_URI, MONGODB_DATABASE } = readCatalogConfig();
  if (!MONGODB_URI) {
    say('MONGODB_URI is not set: the catalog is held in memory. Nothing to migrate.');
    return;
  }
  const options = { ...mongoOptions(MONGODB_DATABASE), serverSelectionTimeoutMS: PATIENCE_MS };
  const database = await mongoose.createConnection(MONGODB_URI, options).asPromise();
  try {
    const done = await migrate(database, say);
    say(done.length === 0 ? 'the database is up to date' : `the database is at version ${done.at(-1) ?? 0}`);
  } finally {
    await database.close();
  }
}
