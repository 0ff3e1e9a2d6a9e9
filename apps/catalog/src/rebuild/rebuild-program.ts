import { natsOptions } from '@facet/messaging';
import { connect } from '@nats-io/transport-node';
import mongoose from 'mongoose';
import { readCatalogConfig } from '../catalog.config';
import { ImageDocument, ImageSchema } from '../images/image.schema';
import { migrate } from '../migrations/migrate';
import { mongoOptions } from '../mongo/mongo-options';
import { CatalogRebuild, type RebuildSummary } from './catalog-rebuild';

/** Longest wait for a connection, in ms. */
const PATIENCE_MS = 5_000;

/** Unreadable events that are named one by one. */
const NAMED = 20;

const count = (n: number): string => n.toLocaleString('en');

/**
 * Rebuilds the catalog that the environment names, and tells about it.
 *
 * @throws ConfigError, ForeignLogError, and what driver and client throw
 */
export async function rebuildCatalog(say: (line: string) => void): Promise<void> {
  const { NATS_URL, MONGODB_URI, MONGODB_DATABASE } = readCatalogConfig();
  if (!MONGODB_URI) {
    say('MONGODB_URI is not set: the catalog is held in memory and replayed whenever it starts. Nothing to rebuild.');
    return;
  }
  const began = performance.now();
  const mongo = { ...mongoOptions(MONGODB_DATABASE), serverSelectionTimeoutMS: PATIENCE_MS };
  const database = await reached('MongoDB', mongoose.createConnection(MONGODB_URI, mongo).asPromise());
  try {
    await migrate(database, say);
    // a service waits for NATS, a person would rather know
    const options = { ...natsOptions(NATS_URL, 'catalog:rebuild'), waitOnFirstConnect: false, timeout: PATIENCE_MS };
    const nats = await reached('NATS', connect(options));
    try {
      const images = database.model<ImageDocument>(ImageDocument.name, ImageSchema);
      const summary = await new CatalogRebuild(nats, images, ({ read, waiting }) => {
        say(`${count(read)} of ${count(read + waiting)} events`);
      }).run();
      linesOf(summary, (performance.now() - began) / 1_000).forEach(say);
    } finally {
      await nats.close();
    }
  } finally {
    await database.close();
  }
}

async function reached<T>(what: string, connecting: Promise<T>): Promise<T> {
  try {
    return await connecting;
  } catch (cause) {
    throw new Error(`${what} cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function linesOf(summary: RebuildSummary, seconds: number): string[] {
  const { events, records, added, mended, unchanged, removed, unreadable } = summary;
  const more = unreadable.length > NAMED ? ', …' : '';
  return [
    `${count(events)} events, ${count(records)} records in ${seconds.toFixed(1)} s`,
    `added ${count(added)}, mended ${count(mended)}, unchanged ${count(unchanged)}; removed ${count(removed)} that the log does not know`,
    unreadable.length === 0
      ? 'every event could be read'
      : `${count(unreadable.length)} could not be read and are left out: ${unreadable.slice(0, NAMED).join(', ')}${more} of the stream`,
  ];
}
