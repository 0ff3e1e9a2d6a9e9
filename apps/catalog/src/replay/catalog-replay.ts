import { Inject, Injectable, Logger } from '@nestjs/common';
import { NATS_CONNECTION } from '@facet/messaging';
import type { NatsConnection } from '@nats-io/transport-node';
import { ImageRepository } from '../images/image.repository';
import { storedEvents } from './stored-events';

/** Events between two lines about the progress of a long replay. */
const PROGRESS_EVERY = 10_000;

/**
 * Brings the catalog up to the event log before it answers anything: an embedded one from the beginning, a database
 * from the last event that it holds (which an embedded catalog may have acknowledged since).
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
    for await (const { sequence, waiting, record } of storedEvents(this.connection, from)) {
      if (record instanceof Error) {
        this.logger.error({ msg: 'an event of the log cannot be read, and is left out', sequence, err: record });
      } else {
        await this.images.insert(record);
      }
      replayed += 1;
      if (replayed % PROGRESS_EVERY === 0) {
        this.logger.log({ msg: 'replaying the event log', replayed, waiting });
      }
    }
    this.logger.log({ msg: 'event log replayed', from, replayed, duration_ms: Date.now() - started });
  }
}
