import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import type { ImagePurgePlanned } from '@facet/contracts';
import { HandlesEvent } from '@facet/messaging';
import { PurgeService } from './purge.service';

@Controller()
export class PurgeController {
  constructor(private readonly purge: PurgeService) {}

  @HandlesEvent('image.purge_planned')
  destroy(@Payload() event: ImagePurgePlanned): Promise<void> {
    return this.purge.destroy(event);
  }
}
