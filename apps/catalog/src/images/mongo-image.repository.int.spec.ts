import { getConnectionToken, MongooseModule } from '@nestjs/mongoose';
import { Test, type TestingModule } from '@nestjs/testing';
import { describeWithMongo, startMongo, type RunningMongo } from '@facet/testing';
import { migrate } from '../migrations/migrate';
import { itKeepsTheRepositoryContract } from './image-repository.contract';
import { ImageDocument, ImageSchema } from './image.schema';
import { MongoImageRepository } from './mongo-image.repository';

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
      providers: [MongoImageRepository],
    }).compile();
    await module.init();
    repository = module.get(MongoImageRepository);
    await migrate(module.get(getConnectionToken()), () => undefined);
  }, 120_000);

  afterAll(async () => {
    await module.close();
    await mongo.stop();
  });

  it('starts with nothing', async () => {
    expect(await repository.lastSequence()).toBe(0);
  });

  itKeepsTheRepositoryContract(() => repository);
});
