import { getConnectionToken } from '@nestjs/mongoose';
import { Test } from '@nestjs/testing';
import { EventPublisher } from '@facet/messaging';
import { anImageChanged, anImageRecord, anImageStored, describeWithMongo, startMongo, startProvisionedNats } from '@facet/testing';
import { jetstream } from '@nats-io/jetstream';
import mongoose, { type Connection, type ConnectOptions, type mongo } from 'mongoose';
import { ImageRepository } from '../images/image.repository';
import { imageValidation } from '../images/image-validation';
import { MongoMemoryModule } from '../images/mongo-memory.module';
import { tombstoneOf } from '../images/tombstone.projection';
import { migrateCatalog } from '../migrations/migrate-program';
import { rebuildCatalog } from '../rebuild/rebuild-program';

const WRITES = ['insert', 'update', 'delete', 'findAndModify'];
const silent = (): void => undefined;

// a database in a container on a busy machine takes its time
jest.setTimeout(60_000);

describeWithMongo('every connection to the database', () => {
  const environment = process.env;
  const commands: mongo.CommandStartedEvent[] = [];
  const stops: (() => Promise<void>)[] = [];
  let uri: string;
  let publisher: EventPublisher;

  beforeAll(async () => {
    const [database, nats] = await Promise.all([startMongo(), startProvisionedNats()]);
    stops.push(database.stop, nats.stop);
    // an address may say something else of writes
    uri = `${database.uri}&w=1&monitorCommands=true`;
    process.env = { ...environment, NATS_URL: nats.url, MONGODB_URI: uri, MONGODB_DATABASE: 'catalog' };
    const create = mongoose.createConnection.bind(mongoose);
    jest.spyOn(mongoose, 'createConnection').mockImplementation((...address: [string?, ConnectOptions?]) => {
      const opened = create(address[0] ?? '', address[1]);
      opened.once('open', () => {
        listenTo(opened);
      });
      return opened;
    });
    publisher = new EventPublisher(jetstream(nats.connection));
  }, 120_000);

  beforeEach(() => {
    commands.length = 0;
  });

  afterAll(async () => {
    process.env = environment;
    jest.restoreAllMocks();
    await Promise.all(stops.map((stop) => stop()));
  }, 60_000);

  const listenTo = (opened: Connection): void => {
    opened.getClient().on('commandStarted', (command) => commands.push(command));
  };
  const sent = (...names: string[]) => commands.filter(({ commandName }) => names.includes(commandName)).map(({ command }) => command);
  const withService = async (work: (images: ImageRepository) => Promise<void>): Promise<void> => {
    const settings = { MONGODB_DATABASE: 'catalog', MONGODB_POOL_SIZE: 2, MONGODB_SLOW_MS: 1_000 };
    const module = await Test.createTestingModule({ imports: [MongoMemoryModule.forRoot(uri, settings)] }).compile();
    // Nest opens it past the spy
    listenTo(module.get(getConnectionToken()));
    await module.init();
    await work(module.get(ImageRepository)).finally(() => module.close());
  };

  it.each([
    ['of a migration', () => migrateCatalog(silent)],
    [
      'of a service',
      () =>
        withService(async (images) => {
          const record = anImageRecord();
          await images.insert(record);
          await images.applyDeletion({ image_id: record.id, user_id: record.user_id }, record.created_at, record.ornament_id + 1);
          await images.applyPurged(tombstoneOf(record, record.created_at));
          expect(await images.forgetUser(record.user_id)).toBe(true);
        }),
    ],
    [
      'of a rebuild',
      async () => {
        const event = anImageStored();
        await publisher.publish('image.stored', event);
        await publisher.publish('image.changed', anImageChanged(event));
        await rebuildCatalog(silent);
        expect(sent('delete').map(({ delete: collection }: mongo.Document) => collection as unknown)).toContain('images');
      },
    ],
  ])('%s waits for a majority with all that it writes', async (_what, work) => {
    await work();
    const writes = sent(...WRITES);
    expect(writes).not.toHaveLength(0);
    expect(writes.filter(({ writeConcern }: mongo.Document) => (writeConcern as mongo.Document | undefined)?.['w'] !== 'majority')).toEqual(
      [],
    );
  });

  it('has a rebuild bring back all of a collection that was dropped under a running catalog', async () => {
    const [before, after] = [anImageStored({ user_id: 'ana' }), anImageStored({ user_id: 'ana' })];
    await publisher.publish('image.stored', before);
    const database = await mongoose.createConnection(uri, { dbName: 'catalog' }).asPromise();
    stops.push(() => database.close());
    await withService(async (images) => {
      await database.collection('images').drop();
      await images.insert(anImageRecord({ user_id: 'ana' }));
      await publisher.publish('image.stored', after);
      const said: string[] = [];
      await rebuildCatalog((line) => said.push(line));
      expect(said).toContainEqual(expect.stringContaining('was dropped while a catalog ran'));
      expect((await images.list({ user_id: 'ana', limit: 5 })).images.map(({ id }) => id).sort()).toEqual(
        [before.image_id, after.image_id].sort(),
      );
    });
    // a server may not know the command
    expect(sent('collMod')).toContainEqual(expect.objectContaining({ collMod: 'images', validator: imageValidation }));
  });
});
