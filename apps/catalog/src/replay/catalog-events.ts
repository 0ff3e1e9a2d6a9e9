import { events, IMAGES_STREAM, type EventPayload } from '@facet/contracts';
import { firstSequenceOf, readStream } from '@facet/messaging';
import { jetstream, jetstreamManager, type JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { mergeBySequence } from './merge-by-sequence';

/** The events that the catalog is a projection of. */
const PROJECTED = ['image.stored', 'image.changed', 'image.deleted', 'image.restored', 'image.purging', 'image.purged'] as const;
type Projected = (typeof PROJECTED)[number];

/** What can be said of an event before it is read. */
interface LoggedEvent {
  /** its place in the log */
  sequence: number;
  /** the place at which it was first: another one for the retry of a dead letter that says so */
  firstSequence: number;
  /** events of its kind after it that were there when it was read */
  waiting: number;
}

/** An event of the log that the catalog is made of, or why it cannot be read. */
export type CatalogEvent = LoggedEvent &
  ({ [N in Projected]: { name: N; payload: EventPayload<N> } }[Projected] | { name: Projected; payload: Error });

/** One that can be read. */
export type ReadableEvent = Exclude<CatalogEvent, { payload: Error }>;

export const isReadable = (event: CatalogEvent): event is ReadableEvent => !(event.payload instanceof Error);

/** The part of the log that is to be read, both ends included. */
export interface LogPart {
  from: number;
  until: number;
}

/**
 * The last position of the log at this moment. Kinds of event are read apart, and to one end: if each were read to an end of its own,
 * the highest position that was read would not tell that everything before it was.
 */
export async function endOfLog(connection: NatsConnection): Promise<number> {
  const manager = await jetstreamManager(connection, { checkAPI: false });
  return (await manager.streams.info(IMAGES_STREAM)).state.last_seq;
}

/** The events of the catalog from a sequence on, in the order of the log, as many as there are when it is called. */
export async function* catalogEvents(connection: NatsConnection, from: number): AsyncGenerator<CatalogEvent> {
  const part = { from, until: await endOfLog(connection) };
  yield* mergeBySequence(PROJECTED.map((name) => eventsOfKind(connection, part, name)));
}

/** The events of the catalog but those by which pictures come to be, in the order of the log. */
export const keepingEvents = (connection: NatsConnection, part: LogPart): AsyncGenerator<CatalogEvent> =>
  mergeBySequence(PROJECTED.filter((name) => events[name].partOf === 'keeping').map((name) => eventsOfKind(connection, part, name)));

/** The events by which pictures come to be, in the order of the log. */
export const storedEvents = (connection: NatsConnection, part: LogPart): AsyncGenerator<CatalogEvent> =>
  eventsOfKind(connection, part, 'image.stored');

// a consumer of its own for each kind: nats-server 2.9 filters by one subject
async function* eventsOfKind(connection: NatsConnection, part: LogPart, name: Projected): AsyncGenerator<CatalogEvent> {
  for await (const message of readStream(jetstream(connection), { stream: IMAGES_STREAM, subject: name, ...part })) {
    const [sequence, firstSequence, waiting] = [message.seq, firstSequenceOf(message), message.info.pending];
    // the schema of the event's own name: the two belong together
    yield { sequence, firstSequence, waiting, name, payload: payloadOf(name, message) } as CatalogEvent;
  }
}

function payloadOf(name: Projected, message: JsMsg): EventPayload<Projected> | Error {
  try {
    return events[name].schema.parse(message.json());
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
