import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import type { ImageGenerated } from '@facet/contracts';
import { HandlesEvent } from '@facet/messaging';
import { StoringService } from './storing.service';

@Controller()
export class StoringController {
  constructor(private readonly storing: StoringService) {}

  @HandlesEvent('image.generated')
  store(@Payload() event: ImageGenerated): Promise<void> {
    return this.storing.store(event);
  }
}
