import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { ImageStored } from '@facet/contracts';
import { EventContext, HandlesEvent } from '@facet/messaging';
import { CatalogingService } from './cataloging.service';

@Controller()
export class CatalogingController {
  constructor(private readonly cataloging: CatalogingService) {}

  @HandlesEvent('image.stored')
  enter(@Payload() event: ImageStored, @Ctx() context: EventContext): Promise<void> {
    return this.cataloging.enter(event, context.firstSequence);
  }
}
