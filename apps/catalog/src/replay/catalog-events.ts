import { events, IMAGES_STREAM, type EventPayload } from '@facet/contracts';
import { readStream } from '@facet/messaging';
import { jetstream, type JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { mergeBySequence } from './merge-by-sequence';

/** The events that the catalog is a projection of. */
const PROJECTED = ['image.stored', 'image.changed', 'image.deleted', 'image.restored', 'image.purging', 'image.purged'] as const;
type Projected = (typeof PROJECTED)[number];

/** What can be said of an event before it is read. */
interface LoggedEvent {
  /** its place in the log */
  sequence: number;
  /** events of its kind after it that were there when it was read */
  waiting: number;
}

/** An event of the log that the catalog is made of, or why it cannot be read. */
export type CatalogEvent = LoggedEvent &
  ({ [N in Projected]: { name: N; payload: EventPayload<N> } }[Projected] | { name: Projected; payload: Error });

/** One that can be read. */
export type ReadableEvent = Exclude<CatalogEvent, { payload: Error }>;

export const isReadable = (event: CatalogEvent): event is ReadableEvent => !(event.payload instanceof Error);

/** The events of the catalog from a sequence on, in the order of the log, as many as there are when it is called. */
export const catalogEvents = (connection: NatsConnection, from: number): AsyncGenerator<CatalogEvent> =>
  mergeBySequence(PROJECTED.map((name) => eventsOfKind(connection, from, name)));

/** As `catalogEvents`, without those by which pictures come to be. */
export const keepingEvents = (connection: NatsConnection, from: number): AsyncGenerator<CatalogEvent> =>
  mergeBySequence(PROJECTED.filter((name) => events[name].partOf === 'keeping').map((name) => eventsOfKind(connection, from, name)));

/** As `catalogEvents`, those alone by which pictures come to be. */
export const storedEvents = (connection: NatsConnection, from: number): AsyncGenerator<CatalogEvent> =>
  eventsOfKind(connection, from, 'image.stored');

// a consumer of its own for each kind: nats-server 2.9 filters by one subject
async function* eventsOfKind(connection: NatsConnection, from: number, name: Projected): AsyncGenerator<CatalogEvent> {
  for await (const message of readStream(jetstream(connection), { stream: IMAGES_STREAM, from, subject: name })) {
    // the schema of the event's own name: the two belong together
    yield { sequence: message.seq, waiting: message.info.pending, name, payload: payloadOf(name, message) } as CatalogEvent;
  }
}

function payloadOf(name: Projected, message: JsMsg): EventPayload<Projected> | Error {
  try {
    return events[name].schema.parse(message.json());
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
