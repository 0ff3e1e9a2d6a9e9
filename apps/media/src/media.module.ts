import { Module, type DynamicModule } from '@nestjs/common';
import { BlobStore, MessagingModule, NATS_CONNECTION } from '@facet/messaging';
import { PlatformModule, Readiness } from '@facet/platform';
import type { NatsConnection } from '@nats-io/transport-node';
import { AssetStore } from './assets/asset-store';
import { CloudinaryStore } from './assets/cloudinary-store';
import { LocalStore } from './assets/local-store';
import { FetchingController } from './fetching/fetching.controller';
import { FetchingService } from './fetching/fetching.service';
import { IngestController } from './ingest/ingest.controller';
import { IngestService } from './ingest/ingest.service';
import type { MediaConfig } from './media.config';
import { StoringController } from './storing/storing.controller';
import { StoringService } from './storing/storing.service';

const controllers = [IngestController, StoringController, FetchingController];

@Module({})
export class MediaModule {
  static forRoot(config: MediaConfig): DynamicModule {
    const assets = {
      provide: AssetStore,
      useFactory: async (connection: NatsConnection, readiness: Readiness): Promise<AssetStore> => {
        const store = config.CLOUDINARY_URL
          ? await CloudinaryStore.open(config.CLOUDINARY_URL, config.CLOUDINARY_FOLDER)
          : await LocalStore.open(connection);
        readiness.register({ name: 'assets', check: () => store.check() });
        return store;
      },
      inject: [NATS_CONNECTION, Readiness],
    };
    const ingest = {
      provide: IngestService,
      useFactory: (blobs: BlobStore) => new IngestService(blobs, config.INGEST_CONCURRENCY, config.UPLOAD_MAX_PIXELS),
      inject: [BlobStore],
    };
    return {
      module: MediaModule,
      imports: [PlatformModule, MessagingModule.forRoot({ service: 'media', servers: config.NATS_URL })],
      controllers,
      providers: [assets, ingest, StoringService, FetchingService],
    };
  }
}
