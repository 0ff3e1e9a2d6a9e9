import { randomUUID } from 'node:crypto';
import { getConnectionToken, getModelToken, MongooseModule } from '@nestjs/mongoose';
import { Test, type TestingModule } from '@nestjs/testing';
import { anImageRecord, describeWithMongo, startMongo, type RunningMongo } from '@facet/testing';
import type { Model } from 'mongoose';
import { migrate } from '../migrations/migrate';
import { SlowQueries } from '../mongo/slow-queries';
import { itKeepsTheRepositoryContract } from './image-repository.contract';
import { documentOf } from './image-document.mapper';
import { ImageDocument, ImageSchema } from './image.schema';
import { itExaminesWhatItReturns } from './list-cost.contract';
import { MongoImageRepository } from './mongo-image.repository';

// a database in a container on a busy machine takes its time
jest.setTimeout(60_000);

describeWithMongo('MongoImageRepository', () => {
  let mongo: RunningMongo;
  let module: TestingModule;
  let repository: MongoImageRepository;

  beforeAll(async () => {
    mongo = await startMongo();
    module = await Test.createTestingModule({
      imports: [
        MongooseModule.forRoot(mongo.uri, {
          dbName: 'contract',
          sanitizeFilter: true,
          serverSelectionTimeoutMS: 30_000,
          retryAttempts: 20,
          retryDelay: 500,
        }),
        MongooseModule.forFeature([{ name: ImageDocument.name, schema: ImageSchema }]),
      ],
      providers: [MongoImageRepository, { provide: SlowQueries, useValue: new SlowQueries() }],
    }).compile();
    await module.init();
    repository = module.get(MongoImageRepository);
    await migrate(module.get(getConnectionToken()), () => undefined);
  }, 120_000);

  afterAll(async () => {
    await module.close();
    await mongo.stop();
  }, 60_000);

  it('starts with nothing', async () => {
    expect(await repository.lastSequence()).toBe(0);
  });

  itKeepsTheRepositoryContract(() => repository);

  describe('lists examine no more than they return', () => {
    itExaminesWhatItReturns(() => module.get(getModelToken(ImageDocument.name)));
  });

  describe('totals', () => {
    const onesOwn = (): MongoImageRepository => new MongoImageRepository(module.get(getModelToken(ImageDocument.name)));

    it('are exact when many processes enter pictures of one user at once, some of them twice', async () => {
      const user_id = randomUUID();
      const records = Array.from({ length: 40 }, (_, n) =>
        anImageRecord({
          user_id,
          type: n % 4 === 0 ? 'background_change' : 'white_background',
          created_at: `2026-11-2${n % 3}T10:00:00.000Z`,
        }),
      );
      const processes = Array.from({ length: 4 }, onesOwn);
      const inserts = records.flatMap((record, n) => (n % 2 === 0 ? [record] : [record, record]));
      await Promise.all(inserts.map((record, n) => (processes[n % 4] ?? repository).insert(record)));
      expect((await repository.list({ user_id, limit: 1 })).total).toBe(40);
      expect((await repository.list({ user_id, type: 'background_change', limit: 1 })).total).toBe(10);
    }, 30_000);

    it('come right when the picture comes again whose process died before it counted', async () => {
      const record = anImageRecord();
      await module.get<Model<ImageDocument>>(getModelToken(ImageDocument.name)).collection.insertOne(documentOf(record));
      expect((await repository.list({ user_id: record.user_id, limit: 1 })).total).toBe(0);
      expect(await repository.insert(record)).toBe('duplicate');
      expect((await repository.list({ user_id: record.user_id, limit: 1 })).total).toBe(1);
    });

    it('follow a picture that is deleted and brought back', async () => {
      const record = anImageRecord();
      await repository.insert(record);
      const totals: unknown[] = [];
      for (const deleted_at of ['2026-11-26T00:00:00.000Z', null]) {
        const { listed } = documentOf({ ...record, deleted_at });
        await module.get<Model<ImageDocument>>(getModelToken(ImageDocument.name)).updateOne({ _id: record.id }, { deleted_at, listed });
        await repository.recount(record);
        totals.push((await repository.list({ user_id: record.user_id, limit: 1 })).total);
      }
      expect(totals).toEqual([0, 1]);
    });
  });
});
