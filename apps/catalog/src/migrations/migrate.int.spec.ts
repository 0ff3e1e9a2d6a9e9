import { anImageRecord, describeWithMongo, startMongo, type RunningMongo } from '@facet/testing';
import mongoose, { Types, type Connection } from 'mongoose';
import { documentOf } from '../images/image-document.mapper';
import { imageIndexes } from '../images/image-indexes';
import { imageValidation } from '../images/image-validation';
import { ImageDocument, ImageSchema } from '../images/image.schema';
import { MongoImageRepository } from '../images/mongo-image.repository';
import { firstIndexes } from './0001-first-indexes';
import { listIndexes } from './0003-list-indexes';
import { migrate, migrations } from './migrate';

const ALL = [1, 2, 3, 4, 5, 6];
const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
const silent = (): void => undefined;

// a database in a container on a busy machine takes its time
jest.setTimeout(60_000);

describeWithMongo('migrate', () => {
  let mongo: RunningMongo;
  const opened: Connection[] = [];

  beforeAll(async () => {
    mongo = await startMongo();
  }, 120_000);

  afterAll(async () => {
    await Promise.all(opened.map((connection) => connection.close()));
    await mongo.stop();
  });

  const database = async (dbName: string): Promise<Connection> => {
    const connection = await mongoose.createConnection(mongo.uri, { dbName }).asPromise();
    opened.push(connection);
    return connection;
  };
  const repositoryOf = (connection: Connection): MongoImageRepository =>
    new MongoImageRepository(connection.model<ImageDocument>(ImageDocument.name, ImageSchema));
  const indexesOf = async (connection: Connection): Promise<{ name: string }[]> => {
    const indexes = await connection.collection('images').indexes();
    return indexes
      .flatMap(({ name, key, partialFilterExpression }) =>
        name === undefined || name === '_id_' ? [] : [{ name, key, ...(partialFilterExpression && { partialFilterExpression }) }],
      )
      .sort(byName);
  };

  it('numbers its steps without a gap', () => {
    expect(migrations.map(({ version }) => version)).toEqual(ALL);
  });

  it('makes a new database all that the code says of it, once', async () => {
    const fresh = await database('fresh');
    const said: string[] = [];
    expect(await migrate(fresh, (line) => said.push(line))).toEqual(ALL);
    expect(said[0]).toBe('migration 1: collection of pictures and its first indexes');
    expect(await indexesOf(fresh)).toEqual([...imageIndexes].sort(byName));
    expect(await migrate(fresh, silent)).toEqual([]);
    expect(await fresh.collection('migration_lease').countDocuments()).toBe(0);
  });

  it('lets the database refuse what is no picture', async () => {
    const fresh = await database('refusing');
    await migrate(fresh, silent);
    const images = fresh.collection<Partial<ImageDocument>>('images');
    const good = documentOf(anImageRecord());
    await images.insertOne(good);
    const { listed: _listed, ...early } = documentOf(anImageRecord());
    await expect(images.insertOne(early)).rejects.toThrow('validation');
    await expect(images.insertOne(documentOf(anImageRecord({ depth: -1 })))).rejects.toThrow('validation');
    await expect(images.updateOne({ _id: good._id }, { $set: { user_id: '' } })).rejects.toThrow('validation');
    // every kind of record passes
    const tombstone = anImageRecord({
      deleted_at: '2026-11-26T00:00:00.000Z',
      title: null,
      parent_image_id: anImageRecord().id,
      ornament_id: 2 ** 40,
    });
    await images.insertOne(documentOf(tombstone));
    expect(await images.countDocuments(imageValidation)).toBe(2);
  });

  it('takes over a database of before there were migrations', async () => {
    const early = await database('early');
    await early.createCollection('images');
    await firstIndexes.run(early);
    const records = Array.from({ length: 30 }, (_, n) => anImageRecord({ user_id: 'ana', prompt: `A ring of ${n} carats` }));
    const asBefore = records.map((record) => {
      const { starred: _1, title: _2, tags: _3, deleted_at: _4, applied: _5, listed: _6, words: _7, ...facts } = documentOf(record);
      return facts;
    });
    await early.collection<Omit<ImageDocument, 'starred'>>('images').insertMany(asBefore as ImageDocument[]);
    expect(await migrate(early, silent)).toEqual(ALL);
    const documents = await early.collection<ImageDocument>('images').find({}).sort({ _id: 1 }).toArray();
    expect(documents).toEqual(records.map(documentOf));
    expect(await indexesOf(early)).toEqual([...imageIndexes].sort(byName));
    const repository = repositoryOf(early);
    expect(await repository.list({ user_id: 'ana', limit: 2 })).toMatchObject({ total: 30, has_more: true });
    expect((await repository.list({ user_id: 'ana', q: 'ring 7', limit: 2 })).images).toMatchObject([{ id: records[7]?.id }]);
  });

  it('goes on where one broke off, and leaves what was there alone', async () => {
    const broken = await database('broken');
    await firstIndexes.run(broken);
    await listIndexes.run(broken);
    // one index, one document and no note of it
    await broken.collection('images').dropIndex('list_by_star');
    const record = anImageRecord({ starred: true, title: 'Mine', tags: ['best'] });
    await broken.collection<ImageDocument>('images').insertOne(documentOf(record));
    expect(await migrate(broken, silent)).toEqual(ALL);
    expect(await repositoryOf(broken).findById(record.id)).toEqual(record);
    expect(await indexesOf(broken)).toEqual([...imageIndexes].sort(byName));
  });

  it('begins anew where the collection was dropped', async () => {
    const dropped = await database('dropped');
    await migrate(dropped, silent);
    await dropped.collection('images').drop();
    expect(await migrate(dropped, silent)).toEqual(ALL);
    expect(await indexesOf(dropped)).toEqual([...imageIndexes].sort(byName));
  });

  it('does all steps anew where the collection was dropped and a running catalog has inserted into it', async () => {
    const lost = await database('lost');
    await migrate(lost, silent);
    await lost.collection('images').drop();
    const record = anImageRecord({ user_id: 'ana' });
    await repositoryOf(lost).insert(record);
    const complaints: string[] = [];
    expect(await migrate(lost, silent, (line) => complaints.push(line))).toEqual(ALL);
    expect(complaints).toEqual([expect.stringContaining('npm run catalog:rebuild')]);
    expect(await indexesOf(lost)).toEqual([...imageIndexes].sort(byName));
    expect(await repositoryOf(lost).list({ user_id: 'ana', limit: 2 })).toMatchObject({ total: 1, images: [{ id: record.id }] });
    expect(await migrate(lost, silent, (line) => complaints.push(line))).toEqual([]);
    expect(complaints).toHaveLength(1);
  });

  it('is done once by many who start at once', async () => {
    const connections = await Promise.all(Array.from({ length: 5 }, () => database('together')));
    const done = await Promise.all(connections.map((connection) => migrate(connection, silent)));
    expect(done.flat().sort()).toEqual(ALL);
  }, 60_000);

  it('takes over from a process that died', async () => {
    const orphan = await database('orphan');
    await orphan.collection<{ _id: string }>('migration_lease').insertOne({
      _id: 'migrate',
      holder: new Types.ObjectId(),
      until: new Date(Date.now() + 500),
    } as { _id: string });
    expect(await migrate(orphan, silent)).toEqual(ALL);
  }, 60_000);

  it('says that a database is newer than the program, and leaves it alone', async () => {
    const newer = await database('newer');
    await migrate(newer, silent);
    await newer.collection<{ _id: number }>('migrations').insertOne({ _id: 99 });
    await newer.collection('images').dropIndex('list_by_time');
    const said: string[] = [];
    expect(await migrate(newer, (line) => said.push(line))).toEqual([]);
    expect(said).toEqual(['the database is at version 99, newer than this program, which knows 6']);
  });
});
