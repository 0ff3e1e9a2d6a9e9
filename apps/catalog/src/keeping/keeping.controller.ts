import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { ImageChanged, ImageDeleted, ImageRestored } from '@facet/contracts';
import { EventContext, HandlesEvent } from '@facet/messaging';
import { KeepingService } from './keeping.service';

@Controller()
export class KeepingController {
  constructor(private readonly keeping: KeepingService) {}

  @HandlesEvent('image.changed')
  change(@Payload() event: ImageChanged, @Ctx() context: EventContext): Promise<void> {
    return this.keeping.change(event, context.sequence);
  }

  @HandlesEvent('image.deleted')
  remove(@Payload() event: ImageDeleted, @Ctx() context: EventContext): Promise<void> {
    return this.keeping.remove(event, context.sequence);
  }

  @HandlesEvent('image.restored')
  restore(@Payload() event: ImageRestored, @Ctx() context: EventContext): Promise<void> {
    return this.keeping.restore(event, context.sequence);
  }
}
