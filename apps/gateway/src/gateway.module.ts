import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ACCOUNTS_BUCKET, KEYS_BUCKET, QUOTAS_BUCKET, RECEIPTS_BUCKET, SESSIONS_BUCKET } from '@facet/contracts';
import { ensureBucket, MessagingModule, NATS_CONNECTION, Receipts } from '@facet/messaging';
import { ServiceModule } from '@facet/service';
import type { KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { AccountClosing } from './account/account-closing';
import { AccountPictures } from './account/account-pictures';
import { AccountController } from './account/account.controller';
import { AccountService } from './account/account.service';
import { AccountsSweep, AccountSweepSettings } from './account/accounts.sweep';
import { ClosingsStore, RECEIPTS_KV } from './account/closings.store';
import { AuthConfig } from './auth/auth.config';
import { AuthModule } from './auth/auth.module';
import { ACCOUNTS_KV } from './auth/accounts.store';
import { JwtAuthGuard } from './auth/jwt-auth.guard';
import { SESSIONS_KV } from './auth/sessions.store';
import { Farewell } from './http/farewell';
import { publicUrlOf, type GatewayConfig } from './gateway.config';
import { GalleryController } from './gallery/gallery.controller';
import { GalleryCursors } from './gallery/gallery-cursors';
import { ImageRequestsService } from './images/image-requests.service';
import { ImagePresenter } from './images/image.presenter';
import { ImagesController } from './images/images.controller';
import { PublicUrl } from './images/public-url';
import { RegenerationsController } from './images/regenerations.controller';
import { JobAnswer, WaitLimit } from './jobs/job-answer.service';
import { JobEvents } from './jobs/job-events';
import { JobSubmission } from './jobs/job-submission';
import { JobWatcher } from './jobs/job-watcher';
import { JobPresenter } from './jobs/job.presenter';
import { JobsController } from './jobs/jobs.controller';
import { JobsService } from './jobs/jobs.service';
import { StoredPictures } from './jobs/stored-pictures';
import { CatalogView } from './keeping/catalog-view';
import { KeepingController } from './keeping/keeping.controller';
import { KeepingService } from './keeping/keeping.service';
import { ReceiptsController } from './keeping/receipts.controller';
import { Retention } from './keeping/retention';
import { LineageController } from './lineage/lineage.controller';
import { LineageService } from './lineage/lineage.service';
import { MediaObjects } from './media/media-objects';
import { MediaController } from './media/media.controller';
import { QuotasStore, QUOTAS_KV } from './quotas/quotas.store';
import { UserLimits, UserQuota } from './quotas/user-quota';
import { SweepModule } from './sweep/sweep.module';
import { FormReader } from './uploads/form-reader';
import { UploadIntake } from './uploads/upload-intake';

const controllers = [
  ImagesController,
  RegenerationsController,
  GalleryController,
  LineageController,
  KeepingController,
  ReceiptsController,
  AccountController,
  JobsController,
  MediaController,
];
const images = [ImageRequestsService, ImagePresenter, FormReader, UploadIntake];
const lineage = [LineageService];
const keeping = [KeepingService, CatalogView];
const account = [AccountService, AccountClosing, AccountPictures, ClosingsStore, AccountsSweep];
const quotas = [QuotasStore, UserQuota];
const jobs = [JobsService, JobSubmission, StoredPictures, JobWatcher, JobAnswer, JobPresenter, JobEvents];

/** The gateway's settings and buckets, for its own parts. */
@Global()
@Module({})
class GatewaySettingsModule {
  static forRoot(config: GatewayConfig): DynamicModule {
    const bucket = (provide: symbol, name: string, days?: number) => ({
      provide,
      useFactory: (connection: NatsConnection): Promise<KV> => ensureBucket(connection, name, days ? { ttl: days * 86_400_000 } : {}),
      inject: [NATS_CONNECTION],
    });
    const providers = [
      { provide: AuthConfig, useValue: AuthConfig.of(config) },
      { provide: PublicUrl, useValue: new PublicUrl(publicUrlOf(config)) },
      { provide: Retention, useValue: new Retention(config.DELETED_RETENTION_DAYS) },
      { provide: Receipts, useFactory: (connection: NatsConnection) => Receipts.open(connection), inject: [NATS_CONNECTION] },
      { provide: AccountSweepSettings, useValue: new AccountSweepSettings(config.ACCOUNT_SWEEP_SECONDS * 1_000) },
      bucket(RECEIPTS_KV, RECEIPTS_BUCKET),
      { provide: WaitLimit, useValue: new WaitLimit(config.WAIT_SECONDS * 1_000) },
      {
        provide: GalleryCursors,
        useFactory: async (connection: NatsConnection): Promise<GalleryCursors> =>
          GalleryCursors.open(await ensureBucket(connection, KEYS_BUCKET)),
        inject: [NATS_CONNECTION],
      },
      { provide: UserLimits, useValue: new UserLimits(config.USER_MAX_PENDING_JOBS, config.USER_MAX_JOBS_PER_DAY) },
      bucket(ACCOUNTS_KV, ACCOUNTS_BUCKET),
      bucket(SESSIONS_KV, SESSIONS_BUCKET, config.REFRESH_TOKEN_DAYS),
      // a day's count, and the jobs that began on the day before
      bucket(QUOTAS_KV, QUOTAS_BUCKET, 2),
    ];
    return {
      module: GatewaySettingsModule,
      providers,
      exports: [
        AuthConfig,
        PublicUrl,
        Retention,
        Receipts,
        AccountSweepSettings,
        WaitLimit,
        GalleryCursors,
        UserLimits,
        ACCOUNTS_KV,
        SESSIONS_KV,
        QUOTAS_KV,
        RECEIPTS_KV,
      ],
    };
  }
}

@Module({})
export class GatewayModule {
  static forRoot(config: GatewayConfig): DynamicModule {
    return {
      module: GatewayModule,
      imports: [
        ServiceModule,
        MessagingModule.forRoot({ service: 'gateway', servers: config.NATS_URL }),
        GatewaySettingsModule.forRoot(config),
        AuthModule,
        SweepModule.forRoot(config),
      ],
      controllers,
      providers: [
        ...images,
        ...lineage,
        ...keeping,
        ...account,
        ...quotas,
        ...jobs,
        MediaObjects,
        Farewell,
        { provide: APP_GUARD, useClass: JwtAuthGuard },
      ],
    };
  }
}
