import { Logger, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { InjectConnection, MongooseModule } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { migrate } from '../migrations/migrate';
import { ImageRepository } from './image.repository';
import { ImageDocument, ImageSchema } from './image.schema';
import { MongoImageRepository } from './mongo-image.repository';

/** Connections per process: as many as events and queries that are worked on at once. */
const POOL_SIZE = 32;

/** The catalog's memory in MongoDB. */
@Module({})
export class MongoMemoryModule implements OnModuleInit {
  private readonly logger = new Logger(MongoMemoryModule.name);

  constructor(@InjectConnection() private readonly connection: Connection) {}

  static forRoot(uri: string, dbName: string): DynamicModule {
    return {
      module: MongoMemoryModule,
      global: true,
      imports: [
        MongooseModule.forRoot(uri, {
          dbName,
          maxPoolSize: POOL_SIZE,
          sanitizeFilter: true,
          serverSelectionTimeoutMS: 5_000,
          retryAttempts: 60,
          retryDelay: 1_000,
        }),
        MongooseModule.forFeature([{ name: ImageDocument.name, schema: ImageSchema }]),
      ],
      providers: [MongoImageRepository, { provide: ImageRepository, useExisting: MongoImageRepository }],
      exports: [ImageRepository],
    };
  }

  async onModuleInit(): Promise<void> {
    await migrate(this.connection, (line) => this.logger.log(line));
  }
}
