import { Inject, Injectable, Logger } from '@nestjs/common';
import { IMAGES_STREAM, ImageStored, type EventName } from '@facet/contracts';
import { NATS_CONNECTION } from '@facet/messaging';
import { jetstream, type JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { ImageRepository } from '../images/image.repository';
import { recordOf } from '../images/image-record.projection';

const REPLAYED: EventName = 'image.stored';

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
    const consumer = await jetstream(this.connection).consumers.get(IMAGES_STREAM, { filter_subjects: REPLAYED, opt_start_seq: from });
    let waiting = (await consumer.info()).num_pending;
    let replayed = 0;
    if (waiting > 0) {
      const messages = await consumer.consume();
      for await (const message of messages) {
        await this.enter(message);
        replayed += 1;
        waiting -= 1;
        if (replayed % PROGRESS_EVERY === 0) {
          this.logger.log({ msg: 'replaying the event log', replayed, waiting });
        }
        if (waiting === 0) {
          break;
        }
      }
    }
    this.logger.log({ msg: 'event log replayed', from, replayed, duration_ms: Date.now() - started });
  }

  private async enter(message: JsMsg): Promise<void> {
    const event = ImageStored.safeParse(message.json());
    if (event.success) {
      await this.images.insert(recordOf(event.data, message.seq));
    } else {
      this.logger.error({ msg: 'an event of the log cannot be read, and is left out', sequence: message.seq, err: event.error });
    }
  }
}
