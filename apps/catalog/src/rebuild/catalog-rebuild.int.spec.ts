import { IMAGES_STREAM, type ImageStored } from '@facet/contracts';
import { EventPublisher } from '@facet/messaging';
import {
  anImageChanged,
  anImageDeleted,
  anImageRecord,
  anImageStored,
  describeWithMongo,
  startMongo,
  startProvisionedNats,
  waitFor,
  type ProvisionedNats,
  type RunningMongo,
} from '@facet/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import mongoose, { Types, type Connection, type Model } from 'mongoose';
import { documentOf } from '../images/image-document.mapper';
import { recordOf } from '../images/image-record.projection';
import { ImageDocument, ImageSchema } from '../images/image.schema';
import { MongoImageRepository } from '../images/mongo-image.repository';
import { recordOfTombstone, tombstoneOf } from '../images/tombstone.projection';
import { migrate } from '../migrations/migrate';
import { betweenKinds } from '../replay/testing/between-kinds';
import { CatalogRebuild, ForeignLogError, type RebuildSummary } from './catalog-rebuild';

const PICTURES = 60;

describeWithMongo('CatalogRebuild', () => {
  let mongo: RunningMongo;
  let nats: ProvisionedNats;
  let database: Connection;
  let connection: NatsConnection;
  let publisher: EventPublisher;
  let images: Model<ImageDocument>;
  let catalog: MongoImageRepository;

  beforeAll(async () => {
    [mongo, nats] = await Promise.all([startMongo(), startProvisionedNats()]);
    database = await mongoose.createConnection(mongo.uri, { dbName: 'rebuild' }).asPromise();
    images = database.model<ImageDocument>(ImageDocument.name, ImageSchema);
    catalog = new MongoImageRepository(images);
    await migrate(database, () => undefined);
    ({ connection } = nats);
    publisher = new EventPublisher(jetstream(connection));
  }, 120_000);

  afterEach(() => {
    jest.restoreAllMocks();
  });

  afterAll(async () => {
    await database.close();
    await Promise.all([mongo.stop(), nats.stop()]);
  }, 60_000);

  /** What the services do with a picture. */
  const catalogued = async (event: ImageStored): Promise<void> => {
    await catalog.insert(recordOf(event, await publisher.publish('image.stored', event)));
  };
  const rebuild = (): Promise<RebuildSummary> => new CatalogRebuild(connection, images).run();
  const documents = (): Promise<unknown[]> => images.collection.find({}).sort({ _id: 1 }).toArray();
  const totals = (): Promise<unknown[]> =>
    Promise.all([0, 1, 2].map(async (n) => (await catalog.list({ user_id: `user-${n}`, limit: 1 })).total));
  // as somebody does it who goes past the database's own checks
  const unchecked = { bypassDocumentValidation: true };

  it('refuses to empty a catalog by a log that holds nothing', async () => {
    await catalog.insert(anImageRecord());
    await expect(rebuild()).rejects.toThrow(ForeignLogError);
    expect(await documents()).toHaveLength(1);
    await images.collection.deleteMany({});
  });

  it('takes a log for its own whose pictures are all purged', async () => {
    const record = anImageRecord();
    const tombstone = tombstoneOf(record, '2026-11-26T00:00:00.000Z');
    const { id: image_id, user_id } = record;
    await publisher.publish('image.purged', { image_id, user_id, request_id: 'request-1', change_id: 'purge-1', tombstone });
    await catalog.insert(anImageRecord());
    expect(await rebuild()).toMatchObject({ events: 0, records: 1, added: 1, removed: 1 });
    expect(await documents()).toEqual([documentOf(recordOfTombstone(tombstone))]);
    await images.collection.deleteMany({});
    await (await jetstreamManager(connection)).streams.purge(IMAGES_STREAM);
  });

  it('makes the same catalog out of nothing, with its indexes', async () => {
    let parent: ImageStored['parent'] = null;
    for (let n = 0; n < PICTURES; n += 1) {
      const event = anImageStored({ user_id: `user-${n % 3}`, parent, prompt: n === 0 ? '' : `Step ${n}` });
      await catalogued(event);
      const { generated_image_url, generated_image_path, assets } = event;
      parent =
        n % 4 === 3
          ? null
          : { image_id: event.image_id, root_image_id: event.image_id, depth: n % 4, generated_image_url, generated_image_path, assets };
    }
    const before = await documents();
    expect(await totals()).toEqual([PICTURES / 3, PICTURES / 3, PICTURES / 3]);
    await images.collection.drop();
    await database.collection('tallies').drop();
    expect(await rebuild()).toEqual({
      events: PICTURES,
      records: PICTURES,
      added: PICTURES,
      mended: 0,
      unchanged: 0,
      removed: 0,
      unreadable: [],
    });
    expect(await documents()).toEqual(before);
    expect(await totals()).toEqual([PICTURES / 3, PICTURES / 3, PICTURES / 3]);
    const indexes = (await images.collection.indexes()).map(({ key }) => JSON.stringify(key));
    expect(indexes).toEqual(expect.arrayContaining(ImageSchema.indexes().map(([key]) => JSON.stringify(key))));
  }, 120_000);

  it('changes nothing where all is right', async () => {
    const before = await documents();
    expect(await rebuild()).toMatchObject({ added: 0, mended: 0, unchanged: PICTURES, removed: 0 });
    expect(await documents()).toEqual(before);
  });

  it('brings back what was deleted, mends what was altered, removes what is foreign', async () => {
    const before = await documents();
    const [deleted, renamed, added, broken] = await images.find().limit(4).lean<ImageDocument[]>();
    await images.collection.deleteOne({ _id: deleted?._id ?? new Types.ObjectId() });
    await images.collection.updateOne(
      { _id: renamed?._id ?? new Types.ObjectId() },
      { $set: { user_id: 'thief', 'generation.model': 'another' } },
    );
    await images.collection.updateOne(
      { _id: added?._id ?? new Types.ObjectId() },
      { $set: { extra: true, listed: false, words: ['another'] } },
    );
    await images.collection.updateOne({ _id: broken?._id ?? new Types.ObjectId() }, { $unset: { created_at: 1, assets: 1 } }, unchecked);
    await images.collection.insertOne(documentOf(anImageRecord()));
    await database.collection<{ _id: string }>('images').insertOne({ _id: 'not even an id' }, unchecked);
    expect(await rebuild()).toMatchObject({ added: 1, mended: 3, unchanged: PICTURES - 4, removed: 2 });
    expect(await documents()).toEqual(before);
    expect(await totals()).toEqual([PICTURES / 3, PICTURES / 3, PICTURES / 3]);
    expect((await catalog.list({ user_id: 'thief', limit: 1 })).total).toBe(0);
  });

  it('loses nothing of what comes meanwhile', async () => {
    await images.collection.deleteMany({});
    const over = new AbortController();
    let arrived = 0;
    const arriving = (async (): Promise<void> => {
      while (!over.signal.aborted) {
        await catalogued(anImageStored({ user_id: 'busy' }));
        arrived += 1;
      }
    })();
    await waitFor(() => arrived > 5, { what: 'pictures to arrive' });
    const { unreadable } = await rebuild();
    const during = arrived;
    over.abort();
    await arriving;
    expect(unreadable).toEqual([]);
    expect(await images.countDocuments({ user_id: 'busy' })).toBe(arrived);
    expect((await catalog.list({ user_id: 'busy', limit: 1 })).total).toBe(arrived);
    expect(await images.countDocuments()).toBe(PICTURES + arrived);
    expect(during).toBeGreaterThan(5);
    expect(await rebuild()).toMatchObject({ added: 0, mended: 0, unchanged: PICTURES + arrived, removed: 0 });
  }, 120_000);

  it('loses nothing of what owners do while their events are read', async () => {
    const [starred, deleted] = [anImageStored({ user_id: 'owner' }), anImageStored({ user_id: 'owner' })];
    await catalogued(starred);
    await catalogued(deleted);
    betweenKinds(connection, {
      read: 'image.changed',
      notYetRead: 'image.deleted',
      happens: async () => {
        const change = anImageChanged(starred);
        await catalog.applyChange(change, change.changes, await publisher.publish('image.changed', change));
        const deletion = anImageDeleted(deleted);
        await catalog.applyDeletion(deletion, deletion.deleted_at, await publisher.publish('image.deleted', deletion));
      },
    });
    await rebuild();
    expect(await catalog.findById(starred.image_id)).toMatchObject({ starred: true });
    expect(await catalog.findById(deleted.image_id)).toMatchObject({ deleted_at: '2026-11-24T10:00:00.000Z' });
    expect(await rebuild()).toMatchObject({ added: 0, mended: 0, removed: 0 });
  });

  it('enters a picture once that is on the log twice, as it was first', async () => {
    const event = anImageStored({ user_id: 'twice' });
    await catalogued(event);
    await jetstream(connection).publish('image.stored', JSON.stringify(event));
    const before = await documents();
    expect(await rebuild()).toMatchObject({ added: 0, mended: 0, removed: 0 });
    expect(await documents()).toEqual(before);
  });

  it('reads events of early versions, and tells of those that nobody can read', async () => {
    const { generation, ...event } = anImageStored({ user_id: 'early' });
    const { settings: _settings, ...early } = generation;
    await jetstream(connection).publish('image.stored', JSON.stringify({ ...event, generation: early }));
    const broken = await jetstream(connection).publish('image.stored', '{"image_id": 7}');
    const text = await jetstream(connection).publish('image.stored', 'no JSON at all');
    expect(await rebuild()).toMatchObject({ added: 1, unreadable: [broken.seq, text.seq] });
    expect(await catalog.findById(event.image_id)).toMatchObject({ generation: { ...early, settings: {} } });
  });

  it('makes what owners have made of their pictures', async () => {
    const events = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const event = anImageStored({ user_id: 'keeper' });
        await catalogued(event);
        return event;
      }),
    );
    const [starred, deleted] = events;
    if (starred && deleted) {
      const change = anImageChanged(starred, { starred: true, tags: ['gold'] });
      await catalog.applyChange(change, change.changes, await publisher.publish('image.changed', change));
      const deletion = anImageDeleted(deleted);
      await catalog.applyDeletion(deletion, deletion.deleted_at, await publisher.publish('image.deleted', deletion));
    }
    const before = await documents();
    expect(await rebuild()).toMatchObject({ added: 0, mended: 0, removed: 0 });
    expect(await documents()).toEqual(before);
    await images.collection.drop();
    await rebuild();
    expect(await documents()).toEqual(before);
    await images.updateMany({}, { $set: { starred: false, deleted_at: null } });
    await rebuild();
    expect(await documents()).toEqual(before);
  }, 30_000);
});
