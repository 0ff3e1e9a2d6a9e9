import { IMAGES_STREAM, ImageStored, type EventName, type ImageRecord } from '@facet/contracts';
import { readStream } from '@facet/messaging';
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

/** The stored pictures of the log from a sequence on, as many as there are when it is called. */
export async function* storedEvents(connection: NatsConnection, from: number): AsyncGenerator<StoredEvent> {
  for await (const message of readStream(jetstream(connection), { stream: IMAGES_STREAM, from, subject: REPLAYED })) {
    yield { sequence: message.seq, waiting: message.info.pending, record: recordIn(message) };
  }
}

function recordIn(message: JsMsg): ImageRecord | Error {
  try {
    return recordOf(ImageStored.parse(message.json()), message.seq);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
