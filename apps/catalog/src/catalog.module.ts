import { Module, type DynamicModule } from '@nestjs/common';
import { MessagingModule, NATS_CONNECTION, Receipts } from '@facet/messaging';
import { Readiness } from '@facet/platform';
import { ServiceModule } from '@facet/service';
import type { NatsConnection } from '@nats-io/transport-node';
import type { CatalogConfig } from './catalog.config';
import { CatalogingController } from './cataloging/cataloging.controller';
import { CatalogingService } from './cataloging/cataloging.service';
import { ImageRepository } from './images/image.repository';
import { ImagesController } from './images/images.controller';
import { ImagesService } from './images/images.service';
import { ReplayedMemoryModule } from './images/replayed-memory.module';
import { KeepingController } from './keeping/keeping.controller';
import { KeepingService } from './keeping/keeping.service';
import { LogSearch } from './purge/log-search';
import { PictureEvents } from './purge/picture-events';
import { PurgeController } from './purge/purge.controller';
import { PurgeService } from './purge/purge.service';
import { UserEvents } from './purge/user-events';
import { UsersController } from './purge/users.controller';
import { CatalogReplay } from './replay/catalog-replay';

const controllers = [ImagesController, CatalogingController, KeepingController, PurgeController, UsersController];
const providers = [ImagesService, CatalogingService, KeepingService, PurgeService, LogSearch, PictureEvents, UserEvents, CatalogReplay];

const receipts = {
  provide: Receipts,
  useFactory: (connection: NatsConnection) => Receipts.open(connection),
  inject: [NATS_CONNECTION],
};

@Module({})
export class CatalogModule {
  constructor(images: ImageRepository, readiness: Readiness) {
    readiness.register({ name: 'catalog', check: () => images.check() });
  }

  static async forRoot(config: CatalogConfig): Promise<DynamicModule> {
    return {
      module: CatalogModule,
      imports: [ServiceModule, MessagingModule.forRoot({ service: 'catalog', servers: config.NATS_URL }), await memoryOf(config)],
      controllers,
      providers: [...providers, receipts],
    };
  }
}

/** MongoDB's driver is loaded only where it is used: an embedded catalog stays small. */
async function memoryOf({ MONGODB_URI, ...settings }: CatalogConfig): Promise<DynamicModule> {
  if (!MONGODB_URI) {
    return { module: ReplayedMemoryModule };
  }
  const { MongoMemoryModule } = await import('./images/mongo-memory.module.js');
  return MongoMemoryModule.forRoot(MONGODB_URI, settings);
}
