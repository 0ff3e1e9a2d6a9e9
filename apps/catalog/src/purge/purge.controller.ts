import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { ImagePurged, ImagePurging } from '@facet/contracts';
import { EventContext, HandlesEvent } from '@facet/messaging';
import { PurgeService } from './purge.service';

@Controller()
export class PurgeController {
  constructor(private readonly purge: PurgeService) {}

  @HandlesEvent('image.purging')
  plan(@Payload() event: ImagePurging, @Ctx() context: EventContext): Promise<void> {
    return this.purge.plan(event, context.sequence);
  }

  @HandlesEvent('image.purged')
  forget(@Payload() event: ImagePurged, @Ctx() context: EventContext): Promise<void> {
    return this.purge.forget(event, context.sequence);
  }
}
