import { NestFactory } from '@nestjs/core';
import { Logger, type DynamicModule } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ConfigError, createPino, PinoLogger, type ServiceConfig } from '@facet/platform';

/** What differs between the services at start. */
interface ServiceDescription<C extends ServiceConfig> {
  name: string;
  /** reads the environment; called once */
  config: () => C;
  module: (config: C) => DynamicModule | Promise<DynamicModule>;
  /** the HTTP server; default: a plain one for health and metrics */
  adapter?: (config: C) => FastifyAdapter;
  /** what is to be set up between creating and starting, such as message transports */
  prepare?: (app: NestFastifyApplication, config: C) => Promise<void>;
}

/**
 * Starts a service: configuration, logger, Nest application, transports, HTTP port, orderly stop on SIGTERM and SIGINT.
 * A fault at start ends the process with one line that says why.
 */
export async function startService<C extends ServiceConfig>(service: ServiceDescription<C>): Promise<void> {
  try {
    const config = service.config();
    const instance = config.SERVICE_INSTANCE ?? `${service.name}-${process.pid}`;
    const logger = new PinoLogger(createPino({ service: service.name, instance, level: config.LOG_LEVEL, format: config.LOG_FORMAT }));
    const adapter = service.adapter?.(config) ?? new FastifyAdapter();
    const app = await NestFactory.create<NestFastifyApplication>(await service.module(config), adapter, { logger, abortOnError: false });
    app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
    await service.prepare?.(app, config);
    await app.listen(config.PORT, config.HOST);
    new Logger(service.name).log({ msg: 'ready', address: await app.getUrl() });
  } catch (error) {
    const reason = error instanceof ConfigError ? error.message : error;
    process.stderr.write(
      `${service.name} could not start: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}\n`,
    );
    process.exit(1);
  }
}
