import { isDeepStrictEqual } from 'node:util';
import type { ImageRecord } from '@facet/contracts';
import type { NatsConnection } from '@nats-io/transport-node';
import { Types, type AnyBulkWriteOperation, type Model } from 'mongoose';
import { createImages } from '../images/create-images';
import { documentOf } from '../images/image-document.mapper';
import { recordOf } from '../images/image-record.projection';
import type { ImageDocument } from '../images/image.schema';
import { MongoImageRepository } from '../images/mongo-image.repository';
import { applyEvent } from '../replay/apply-event';
import { endOfLog, isReadable, keepingEvents, storedEvents, type LogPart } from '../replay/catalog-events';
import { KeptPictures } from './kept-pictures';
import { MongoTallies } from '../tallies/mongo-tallies';

/** Records that are compared and written at once: some megabytes. */
const BATCH = 1_000;

/** What a rebuild has done. Records = added + mended + unchanged. */
export interface RebuildSummary {
  /** `image.stored` events of the log */
  events: number;
  /** pictures in the catalog that the log speaks of */
  records: number;
  /** of them those that were not there, */
  added: number;
  /** that were there and said something else, */
  mended: number;
  /** and that were right */
  unchanged: number;
  /** documents that the log knows nothing of */
  removed: number;
  /** places in the log of events that cannot be read; what they spoke of is not in the catalog */
  unreadable: number[];
}

/** How far a rebuild is. */
interface Progress {
  /** events read */
  read: number;
  /** events still to come */
  waiting: number;
}

/** The log holds no picture, not even what is left of one; the catalog does: that is another log, and doing as it says would empty the catalog. */
export class ForeignLogError extends Error {
  override readonly name = 'ForeignLogError';
}

/**
 * Makes a catalog in MongoDB what the event log says it is. Every document that differs is written anew as a whole, and
 * what the log does not know is deleted: the outcome is that of dropping all and replaying, and questions are answered
 * meanwhile. (Swapping in a second collection would do too, but a collection that is sharded by user does not keep its
 * shards that way.) Services may go on: what they insert during a rebuild is on the log before it is in the catalog.
 *
 * Memory: the ids of all pictures, about 100 MB for a million, and what owners made of those that they did something with.
 */
export class CatalogRebuild {
  private readonly known = new Set<string>();
  private readonly done: RebuildSummary = { events: 0, records: 0, added: 0, mended: 0, unchanged: 0, removed: 0, unreadable: [] };
  private readonly kept = new KeptPictures();

  constructor(
    private readonly connection: NatsConnection,
    private readonly images: Model<ImageDocument>,
    private readonly progress: (progress: Progress) => void = () => undefined,
  ) {}

  /**
   * To be called once. A rebuild that breaks off has done no harm, and is begun again.
   *
   * @throws ForeignLogError when the log holds no picture, stored or purged, and the catalog does; what driver and client throw
   */
  async run(): Promise<RebuildSummary> {
    await createImages(this.images.db);
    await this.images.createIndexes();
    const end = await endOfLog(this.connection);
    await this.readKeeping({ from: 1, until: end });
    await this.replay({ from: 1, until: end });
    // nothing was written yet where it holds none
    if (this.done.events === 0 && this.kept.purged().length === 0 && (await this.images.estimatedDocumentCount()) > 0) {
      throw new ForeignLogError('The event log holds no picture, stored or purged, but the catalog does.');
    }
    await this.writePurged();
    const present = await this.presentIds();
    // what came to the catalog before the ids were listed was on the log before: after this it is known
    await this.replay({ from: end + 1, until: await endOfLog(this.connection) });
    await this.applyKeeping({ from: end + 1, until: await endOfLog(this.connection) });
    await this.remove(present.filter((id) => !this.known.has(String(id))));
    await new MongoTallies(this.images.db).recountAll();
    return this.done;
  }

  private async replay(part: LogPart): Promise<void> {
    let batch: ImageRecord[] = [];
    for await (const event of storedEvents(this.connection, part)) {
      const { sequence, firstSequence, waiting, name, payload } = event;
      this.done.events += 1;
      if (name !== 'image.stored' || payload instanceof Error) {
        this.done.unreadable.push(sequence);
      } else if (!this.known.has(payload.image_id)) {
        // the first event of a picture is the one that counts, as for a catalog that inserts
        this.known.add(payload.image_id);
        batch.push(this.kept.apply(recordOf(payload, firstSequence)));
      }
      if (batch.length === BATCH) {
        await this.write(batch);
        batch = [];
        this.progress({ read: this.done.events, waiting });
      }
    }
    await this.write(batch);
  }

  /** What owners did with their pictures until now: it is part of the records that are compared. */
  private async readKeeping(part: LogPart): Promise<void> {
    for await (const event of keepingEvents(this.connection, part)) {
      if (isReadable(event)) {
        this.kept.add(event);
      } else {
        this.done.unreadable.push(event.sequence);
      }
    }
  }

  /** Purged pictures whose other events are gone from the log. */
  private async writePurged(): Promise<void> {
    const rest = this.kept.purged().filter(({ id }) => !this.known.has(id));
    for (let from = 0; from < rest.length; from += BATCH) {
      await this.write(rest.slice(from, from + BATCH));
    }
    for (const { id } of rest) {
      this.known.add(id);
    }
  }

  /** What they did meanwhile: a service has entered it, and a record that was written after that has lost it again. */
  private async applyKeeping(part: LogPart): Promise<void> {
    const repository = new MongoImageRepository(this.images);
    for await (const event of keepingEvents(this.connection, part)) {
      if (isReadable(event)) {
        await applyEvent(repository, event);
        if (event.name === 'image.purged') {
          this.known.add(event.payload.image_id);
        }
      } else {
        this.done.unreadable.push(event.sequence);
      }
    }
  }

  private async write(records: readonly ImageRecord[]): Promise<void> {
    const wanted = records.map(documentOf);
    const present = await this.images.find({ _id: { $in: wanted.map(({ _id }) => _id) } }).lean<ImageDocument[]>();
    const presentById = new Map(present.map((document) => [document._id.toHexString(), document]));
    const missing = wanted.filter(({ _id }) => !presentById.has(_id.toHexString()));
    const wrong = wanted.filter((document) => {
      const there = presentById.get(document._id.toHexString());
      return there !== undefined && !isDeepStrictEqual(there, document);
    });
    // a service may insert the same at the same moment: then this replaces it by its like
    const writes = [...missing, ...wrong].map((document): AnyBulkWriteOperation<ImageDocument> => ({
      replaceOne: { filter: { _id: document._id }, replacement: document, upsert: true },
    }));
    if (writes.length > 0) {
      await this.images.bulkWrite(writes, { ordered: false });
    }
    this.done.records += wanted.length;
    this.done.added += missing.length;
    this.done.mended += wrong.length;
    this.done.unchanged += wanted.length - missing.length - wrong.length;
  }

  /** Ids of all documents, of whatever type. */
  private async presentIds(): Promise<unknown[]> {
    const ids: unknown[] = [];
    for await (const { _id } of this.images.collection.find({}, { projection: { _id: 1 } })) {
      ids.push(_id);
    }
    return ids;
  }

  private async remove(ids: readonly unknown[]): Promise<void> {
    for (let from = 0; from < ids.length; from += BATCH) {
      const some = ids.slice(from, from + BATCH);
      // past Mongoose, which would take an id of another type for one of its own
      const { deletedCount } = await this.images.collection.deleteMany({ _id: { $in: some as Types.ObjectId[] } });
      this.done.removed += deletedCount;
    }
  }
}
