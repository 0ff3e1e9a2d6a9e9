import 'reflect-metadata';
import { startService } from '@facet/service';
import { readGatewayConfig } from './gateway.config';
import { GatewayModule } from './gateway.module';
import { createAdapter } from './http/fastify-adapter';
import { prepareHttp } from './http/prepare-http';

void startService({
  name: 'gateway',
  config: readGatewayConfig,
  module: (config) => GatewayModule.forRoot(config),
  adapter: createAdapter,
  prepare: prepareHttp,
});
