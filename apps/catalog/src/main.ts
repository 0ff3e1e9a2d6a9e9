import 'reflect-metadata';
import { attachTransports } from '@facet/messaging';
import { startService } from '@facet/service';
import { readCatalogConfig } from './catalog.config';
import { CatalogModule } from './catalog.module';
import { CatalogReplay } from './replay/catalog-replay';

void startService({
  name: 'catalog',
  config: readCatalogConfig,
  module: (config) => CatalogModule.forRoot(config),
  prepare: async (app, config) => {
    // what the log holds is remembered before the first question is answered
    await app.get(CatalogReplay).run();
    await attachTransports(app, {
      service: 'catalog',
      servers: config.NATS_URL,
      concurrency: config.CATALOG_CONCURRENCY,
      // inserting is bound by each replica, not by a shared budget
      maxInFlight: 1_000,
      handlerTimeoutMs: 30_000,
      ackWaitMs: config.ACK_WAIT_SECONDS * 1_000,
      deadlineMs: config.JOB_DEADLINE_SECONDS * 1_000,
    });
  },
});
