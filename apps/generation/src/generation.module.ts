import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { MessagingModule, NATS_CONNECTION, NatsPresence, WorkInHand } from '@facet/messaging';
import { Metrics, Readiness } from '@facet/platform';
import { ServiceModule } from '@facet/service';
import type { NatsConnection } from '@nats-io/transport-node';
import { configuredModel } from './configured-model';
import type { GenerationConfig } from './generation.config';
import { ImageModel } from './model/image-model';
import { GenerationController } from './pipeline/generation.controller';
import { GenerationService } from './pipeline/generation.service';

@Module({})
export class GenerationModule implements OnApplicationShutdown {
  constructor(
    private readonly model: ImageModel,
    readiness: Readiness,
  ) {
    readiness.register({ name: 'model', check: () => this.model.check() });
  }

  static forRoot(config: GenerationConfig): DynamicModule {
    const model = {
      provide: ImageModel,
      useFactory: (connection: NatsConnection, metrics: Metrics, readiness: Readiness) =>
        configuredModel(config, connection, metrics, readiness),
      inject: [NATS_CONNECTION, Metrics, Readiness],
    };
    const workInHand = {
      provide: WorkInHand,
      useFactory: (connection: NatsConnection, presence: NatsPresence) => new WorkInHand(connection, presence),
      inject: [NATS_CONNECTION, NatsPresence],
    };
    return {
      module: GenerationModule,
      imports: [ServiceModule, MessagingModule.forRoot({ service: 'generation', servers: config.NATS_URL })],
      controllers: [GenerationController],
      providers: [model, workInHand, GenerationService],
    };
  }

  /** After the transports have closed: until then a handler may be waiting for its picture. */
  async onApplicationShutdown(): Promise<void> {
    await this.model.close();
  }
}
