import { Injectable, Logger } from '@nestjs/common';
import type { ImageStored } from '@facet/contracts';
import { EventPublisher, JobStore } from '@facet/messaging';
import { ImageRepository } from '../images/image.repository';
import { recordOf } from '../images/image-record.projection';

/** Enters stored pictures into the catalog, which finishes their jobs. */
@Injectable()
export class CatalogingService {
  private readonly logger = new Logger(CatalogingService.name);

  constructor(
    private readonly images: ImageRepository,
    private readonly jobs: JobStore,
    private readonly events: EventPublisher,
  ) {}

  /** @param sequence position at which the event was first in the log: a replay enters the picture by that one */
  async enter(event: ImageStored, sequence: number): Promise<void> {
    const record = recordOf(event, sequence);
    const outcome = await this.images.insert(record);
    // an earlier delivery's record may have come from an earlier event of the same picture
    const kept = outcome === 'inserted' ? record : ((await this.images.findById(record.id)) ?? record);
    await this.events.publish('image.cataloged', kept);
    await this.jobs.succeed(event.image_id, kept);
    this.logger.log({ msg: 'picture cataloged', outcome, sequence });
  }
}
