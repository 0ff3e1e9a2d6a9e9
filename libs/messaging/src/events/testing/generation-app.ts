import { Controller, Module, type INestApplication, type Type } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { ImageRequested } from '@facet/contracts';
import { ServiceModule } from '@facet/service';
import { attachTransports } from '../../connection/attach-transports';
import { MessagingModule } from '../../connection/messaging.module';
import { EventContext } from '../event-context';
import { HandlesEvent } from '../handles-event';

export const A_MINUTE_MS = 60_000;
export const HANDLER_TIMEOUT_MS = 1_500;

export type Behaviour = (event: ImageRequested, context: EventContext) => Promise<void> | void;

/** What the handler does with a picture's event, by the picture's id; without an entry it succeeds at once. */
export const behaviours = new Map<string, Behaviour>();

/** Every delivery that the handler has seen. */
export const deliveries: { id: string; attempt: number; sequence: number; at: number }[] = [];

@Controller()
export class RequestedController {
  @HandlesEvent('image.requested')
  async handle(@Payload() event: ImageRequested, @Ctx() context: EventContext): Promise<void> {
    deliveries.push({ id: event.image_id, attempt: context.attempt, sequence: context.sequence, at: Date.now() });
    await behaviours.get(event.image_id)?.(event, context);
  }
}

/** One that needs more time than its service gives. */
@Controller()
export class PatientController {
  @HandlesEvent('image.requested', { timeoutMs: A_MINUTE_MS })
  handle(@Payload() event: ImageRequested, @Ctx() context: EventContext): Promise<void> {
    return new RequestedController().handle(event, context);
  }
}

@Controller()
export class GeneratedController {
  @HandlesEvent('image.generated')
  handle(): void {
    throw new Error('generation does not consume this');
  }
}

/** A generation service that does nothing but what its controllers say. */
export async function startGeneration(servers: string, controllers: Type[] = [RequestedController]): Promise<INestApplication> {
  @Module({ imports: [ServiceModule, MessagingModule.forRoot({ service: 'generation', servers })], controllers })
  class GenerationModule {}
  const module = await Test.createTestingModule({ imports: [GenerationModule] }).compile();
  const started = module.createNestApplication(new FastifyAdapter(), { logger: false });
  try {
    await attachTransports(started, {
      service: 'generation',
      servers,
      concurrency: 1,
      maxInFlight: 16,
      ackWaitMs: 20_000,
      handlerTimeoutMs: HANDLER_TIMEOUT_MS,
      deadlineMs: A_MINUTE_MS,
    });
    return await started.init();
  } catch (error) {
    await started.close();
    throw error;
  }
}
