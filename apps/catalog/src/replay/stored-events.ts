import { IMAGES_STREAM, ImageStored, type EventName, type ImageRecord } from '@facet/contracts';
import { jetstream, type JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { recordOf } from '../images/image-record.projection';

const REPLAYED: EventName = 'image.stored';

/** One `image.stored` event of the log, as the catalog remembers it. */
export interface StoredEvent {
  /** its place in the log */
  sequence: number;
  /** events after it that were there when it was read */
  waiting: number;
  /** or why it cannot be read */
  record: ImageRecord | Error;
}

/** Reads the stored pictures off the log, from a sequence on, until there are none after the last one read. */
export async function* storedEvents(connection: NatsConnection, from: number): AsyncGenerator<StoredEvent> {
  const consumer = await jetstream(connection).consumers.get(IMAGES_STREAM, { filter_subjects: REPLAYED, opt_start_seq: from });
  if ((await consumer.info()).num_pending === 0) {
    return;
  }
  for await (const message of await consumer.consume()) {
    const waiting = message.info.pending;
    yield { sequence: message.seq, waiting, record: recordIn(message) };
    if (waiting === 0) {
      return;
    }
  }
}

function recordIn(message: JsMsg): ImageRecord | Error {
  try {
    return recordOf(ImageStored.parse(message.json()), message.seq);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
