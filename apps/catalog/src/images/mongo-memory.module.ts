import { Logger, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { InjectConnection, MongooseModule } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import type { CatalogConfig } from '../catalog.config';
import { migrate } from '../migrations/migrate';
import { mongoOptions } from '../mongo/mongo-options';
import { SlowQueries } from '../mongo/slow-queries';
import { ImageRepository } from './image.repository';
import { ImageDocument, ImageSchema } from './image.schema';
import { MongoImageRepository } from './mongo-image.repository';

/** How MongoDB is used. */
type MongoSettings = Pick<CatalogConfig, 'MONGODB_DATABASE' | 'MONGODB_POOL_SIZE' | 'MONGODB_SLOW_MS'>;

/** The catalog's memory in MongoDB. */
@Module({})
export class MongoMemoryModule implements OnModuleInit {
  private readonly logger = new Logger(MongoMemoryModule.name);

  constructor(@InjectConnection() private readonly connection: Connection) {}

  static forRoot(uri: string, { MONGODB_DATABASE, MONGODB_POOL_SIZE, MONGODB_SLOW_MS }: MongoSettings): DynamicModule {
    return {
      module: MongoMemoryModule,
      global: true,
      imports: [
        MongooseModule.forRoot(uri, {
          ...mongoOptions(MONGODB_DATABASE),
          maxPoolSize: MONGODB_POOL_SIZE,
          // filters hold values, never operators, unless the code says so itself
          sanitizeFilter: true,
          serverSelectionTimeoutMS: 5_000,
          retryAttempts: 60,
          retryDelay: 1_000,
        }),
        MongooseModule.forFeature([{ name: ImageDocument.name, schema: ImageSchema }]),
      ],
      providers: [
        { provide: SlowQueries, useValue: new SlowQueries(MONGODB_SLOW_MS) },
        MongoImageRepository,
        { provide: ImageRepository, useExisting: MongoImageRepository },
      ],
      exports: [ImageRepository],
    };
  }

  async onModuleInit(): Promise<void> {
    await migrate(
      this.connection,
      (line) => this.logger.log(line),
      (line) => this.logger.warn(line),
    );
  }
}
