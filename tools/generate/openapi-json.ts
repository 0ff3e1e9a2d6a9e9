import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { loadConfig } from '@facet/platform';
import { gatewayConfigSchema } from '../../apps/gateway/src/gateway.config';
import { GatewayModule } from '../../apps/gateway/src/gateway.module';
import { openApiDocument } from '../../apps/gateway/src/openapi/openapi';

/** `docs/openapi.json`: what the gateway serves at `/docs/openapi.json`. In preview nothing is connected to. */
export async function openApiJson(): Promise<string> {
  const config = loadConfig(gatewayConfigSchema, { JWT_SECRET: 'the document does not depend on it' });
  const app = await NestFactory.create(GatewayModule.forRoot(config), new FastifyAdapter(), { preview: true, logger: false });
  return `${JSON.stringify(openApiDocument(app), null, 2)}\n`;
}
