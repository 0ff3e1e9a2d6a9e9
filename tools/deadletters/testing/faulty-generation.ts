import { Controller, Module, type INestApplication } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { IMAGES_STREAM, ImageRequested } from '@facet/contracts';
import { attachTransports, EventContext, HandlesEvent, MessagingModule } from '@facet/messaging';
import { ServiceModule } from '@facet/service';
import { waitFor } from '@facet/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

type Behaviour = (event: ImageRequested) => Promise<void> | void;

/** A generation service with the real transport, which handles events as it is told to, and makes no pictures. */
export class FaultyGeneration {
  /** what it does with a picture's event, by the picture's id; without an entry it succeeds at once */
  readonly behaviours = new Map<string, Behaviour>();
  /** image id and position of every event that was handled without a fault */
  readonly handled: { imageId: string; sequence: number }[] = [];
  private app: INestApplication | undefined;

  async start(servers: string): Promise<void> {
    const handle = async (event: ImageRequested, { sequence }: EventContext): Promise<void> => {
      await this.behaviours.get(event.image_id)?.(event);
      this.handled.push({ imageId: event.image_id, sequence });
    };

    @Controller()
    class RequestedController {
      @HandlesEvent('image.requested')
      handle(@Payload() event: ImageRequested, @Ctx() context: EventContext): Promise<void> {
        return handle(event, context);
      }
    }
    @Module({
      imports: [ServiceModule, MessagingModule.forRoot({ service: 'generation', servers })],
      controllers: [RequestedController],
    })
    class GenerationModule {}

    const module = await Test.createTestingModule({ imports: [GenerationModule] }).compile();
    this.app = module.createNestApplication(new FastifyAdapter(), { logger: false });
    const limits = { concurrency: 1, maxInFlight: 16, ackWaitMs: 20_000, handlerTimeoutMs: 5_000, deadlineMs: 60_000 };
    await attachTransports(this.app, { service: 'generation', servers, ...limits });
    await this.app.init();
  }

  async stop(): Promise<void> {
    await this.app?.close();
  }

  /** Resolves when it has nothing left to do. */
  async settled(connection: NatsConnection): Promise<void> {
    const manager = await jetstreamManager(connection);
    const isIdle = async (): Promise<boolean> => {
      const { num_pending, num_ack_pending } = await manager.consumers.info(IMAGES_STREAM, 'generation');
      return num_pending + num_ack_pending === 0;
    };
    await waitFor(isIdle, { what: 'all events to be settled' });
  }
}
