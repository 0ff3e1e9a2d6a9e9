import 'reflect-metadata';
import { attachTransports } from '@facet/messaging';
import { startService } from '@facet/service';
import { concurrencyOf, readGenerationConfig } from './generation.config';
import { GenerationModule } from './generation.module';

void startService({
  name: 'generation',
  config: readGenerationConfig,
  module: (config) => GenerationModule.forRoot(config),
  prepare: (app, config) =>
    attachTransports(app, {
      service: 'generation',
      servers: config.NATS_URL,
      ...concurrencyOf(config),
      handlerTimeoutMs: config.GENERATION_TIMEOUT_SECONDS * 1_000,
      ackWaitMs: config.ACK_WAIT_SECONDS * 1_000,
      deadlineMs: config.JOB_DEADLINE_SECONDS * 1_000,
    }),
});
