import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { ImageRequested } from '@facet/contracts';
import { EventContext, HandlesEvent } from '@facet/messaging';
import { GenerationService } from './generation.service';

@Controller()
export class GenerationController {
  constructor(private readonly generation: GenerationService) {}

  @HandlesEvent('image.requested')
  generate(@Payload() event: ImageRequested, @Ctx() context: EventContext): Promise<void> {
    return this.generation.generate(event, context);
  }
}
