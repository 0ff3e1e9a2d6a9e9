import { Inject, Injectable, Logger } from '@nestjs/common';
import { NATS_CONNECTION } from '@facet/messaging';
import type { NatsConnection } from '@nats-io/transport-node';
import { ImageRepository } from '../images/image.repository';
import { applyEvent } from './apply-event';
import { catalogEvents, isReadable } from './catalog-events';

/** Events between two lines about the progress of a long replay. */
const PROGRESS_EVERY = 10_000;

/**
 * Brings the catalog up to the event log before it answers anything: an embedded one from the beginning, a database
 * from the last picture that it holds (an embedded catalog may have acknowledged events since). What owners did with their
 * pictures comes in the order of the log as well: when a replay breaks off, nothing before the last picture is missing.
 */
@Injectable()
export class CatalogReplay {
  private readonly logger = new Logger(CatalogReplay.name);

  constructor(
    @Inject(NATS_CONNECTION) private readonly connection: NatsConnection,
    private readonly images: ImageRepository,
  ) {}

  async run(): Promise<void> {
    const started = Date.now();
    const from = (await this.images.lastSequence()) + 1;
    let replayed = 0;
    for await (const event of catalogEvents(this.connection, from)) {
      const { sequence, waiting } = event;
      if (isReadable(event)) {
        await applyEvent(this.images, event);
      } else {
        this.logger.error({ msg: 'an event of the log cannot be read, and is left out', sequence, err: event.payload });
      }
      replayed += 1;
      if (replayed % PROGRESS_EVERY === 0) {
        this.logger.log({ msg: 'replaying the event log', replayed, waiting });
      }
    }
    this.logger.log({ msg: 'event log replayed', from, replayed, duration_ms: Date.now() - started });
  }
}
