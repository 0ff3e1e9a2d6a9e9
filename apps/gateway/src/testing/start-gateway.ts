import { loadConfig } from '@facet/platform';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { gatewayConfigSchema } from '../gateway.config';
import { GatewayModule } from '../gateway.module';

/** A gateway on a NATS of the test, without HTTP. */
export async function startGateway(natsUrl: string, settings: Record<string, string> = {}): Promise<INestApplicationContext> {
  const config = loadConfig(gatewayConfigSchema, {
    NATS_URL: natsUrl,
    JWT_SECRET: 'a secret that only this test knows',
    ...settings,
  });
  const module = await Test.createTestingModule({ imports: [GatewayModule.forRoot(config)] }).compile();
  return module.init();
}
