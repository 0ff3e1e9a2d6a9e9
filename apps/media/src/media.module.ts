import { Logger, Module, type DynamicModule } from '@nestjs/common';
import { BlobStore, Leases, MessagingModule, NATS_CONNECTION, Receipts } from '@facet/messaging';
import { Readiness } from '@facet/platform';
import { ServiceModule } from '@facet/service';
import type { NatsConnection } from '@nats-io/transport-node';
import { AssetReader } from './assets/asset-reader';
import { AssetStore } from './assets/asset-store';
import { LocalStore } from './assets/local-store';
import { FetchingController } from './fetching/fetching.controller';
import { FetchingService } from './fetching/fetching.service';
import { IngestController } from './ingest/ingest.controller';
import { IngestService } from './ingest/ingest.service';
import type { MediaConfig } from './media.config';
import { PurgeController } from './purge/purge.controller';
import { PurgeService } from './purge/purge.service';
import { StoringController } from './storing/storing.controller';
import { StoringService } from './storing/storing.service';

const controllers = [IngestController, StoringController, FetchingController, PurgeController];
const services = [StoringService, FetchingService, PurgeService];

/** Opened also where new pictures go to Cloudinary: those from before are still here. */
const localStore = {
  provide: LocalStore,
  useFactory: (connection: NatsConnection) => LocalStore.open(connection),
  inject: [NATS_CONNECTION],
};

const assetReader = {
  provide: AssetReader,
  useFactory: (configured: AssetStore, local: LocalStore) => new AssetReader(configured, local),
  inject: [AssetStore, LocalStore],
};

const leases = {
  provide: Leases,
  useFactory: (connection: NatsConnection) => Leases.open(connection),
  inject: [NATS_CONNECTION],
};

const receipts = {
  provide: Receipts,
  useFactory: (connection: NatsConnection) => Receipts.open(connection),
  inject: [NATS_CONNECTION],
};

@Module({})
export class MediaModule {
  static forRoot(config: MediaConfig): DynamicModule {
    const assetStore = {
      provide: AssetStore,
      useFactory: async (local: LocalStore, readiness: Readiness): Promise<AssetStore> => {
        const store = (await cloudinaryOf(config)) ?? local;
        readiness.register({ name: 'assets', check: () => store.check() });
        new Logger('assets').log({
          msg: config.CLOUDINARY_URL ? 'pictures are stored at Cloudinary' : 'CLOUDINARY_URL is not set: pictures are stored in NATS',
        });
        return store;
      },
      inject: [LocalStore, Readiness],
    };
    const ingest = {
      provide: IngestService,
      useFactory: (blobs: BlobStore) => new IngestService(blobs, config.INGEST_CONCURRENCY, config.UPLOAD_MAX_PIXELS),
      inject: [BlobStore],
    };
    return {
      module: MediaModule,
      imports: [ServiceModule, MessagingModule.forRoot({ service: 'media', servers: config.NATS_URL })],
      controllers,
      providers: [localStore, assetStore, assetReader, leases, receipts, ingest, ...services],
    };
  }
}

/** The SDK, and what downloads from there, are loaded only where they are used. */
async function cloudinaryOf({ CLOUDINARY_URL: url, CLOUDINARY_FOLDER: folder, CLOUDINARY_MAX_BYTES: maxBytes }: MediaConfig) {
  if (!url) {
    return null;
  }
  const { CloudinaryStore } = await import('./assets/cloudinary-store.js');
  return CloudinaryStore.open(url, folder, { maxBytes });
}
