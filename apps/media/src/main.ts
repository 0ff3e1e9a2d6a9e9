import 'reflect-metadata';
import { ImageGenerated } from '@facet/contracts';
import { attachTransports } from '@facet/messaging';
import { startService } from '@facet/service';
import { readMediaConfig } from './media.config';
import { MediaModule } from './media.module';
import { StoringService } from './storing/storing.service';

void startService({
  name: 'media',
  config: readMediaConfig,
  module: (config) => MediaModule.forRoot(config),
  prepare: (app, config) =>
    attachTransports(app, {
      service: 'media',
      servers: config.NATS_URL,
      concurrency: config.MEDIA_CONCURRENCY,
      // storing is bound by each replica, not by a shared budget
      maxInFlight: 1_000,
      handlerTimeoutMs: config.STORE_TIMEOUT_SECONDS * 1_000,
      ackWaitMs: config.ACK_WAIT_SECONDS * 1_000,
      deadlineMs: config.JOB_DEADLINE_SECONDS * 1_000,
      discard: async (payload) => {
        const event = ImageGenerated.safeParse(payload);
        if (event.success) {
          await app.get(StoringService).discard(event.data);
        }
      },
    }),
});
