import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { ImagePurged, ImagePurging } from '@facet/contracts';
import { EventContext, HandlesEvent } from '@facet/messaging';
import { PurgeService } from './purge.service';

/** How long the log may be searched, in ms; a purge may wait for the search of those before it. */
const SEARCH_MS = 600_000;

@Controller()
export class PurgeController {
  constructor(private readonly purge: PurgeService) {}

  @HandlesEvent('image.purging')
  plan(@Payload() event: ImagePurging, @Ctx() context: EventContext): Promise<void> {
    return this.purge.plan(event, context.sequence);
  }

  @HandlesEvent('image.purged', { timeoutMs: SEARCH_MS })
  forget(@Payload() event: ImagePurged, @Ctx() context: EventContext): Promise<void> {
    return this.purge.forget(event, context.sequence);
  }
}
