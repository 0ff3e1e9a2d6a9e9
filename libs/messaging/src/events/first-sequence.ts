import type { JsMsg } from '@nats-io/jetstream';
import { headers, type MsgHdrs } from '@nats-io/transport-node';

/** Names the position in the event log at which an event was first: in dead letters, and in an event that is published once more. */
export const FIRST_SEQUENCE_HEADER = 'facet-sequence';

/** The position in the event log at which an event was first: for one that was published once more, and says so, not its own. */
export const firstSequenceOf = (message: JsMsg): number =>
  Number(message.headers?.get(FIRST_SEQUENCE_HEADER)) || message.info.streamSequence;

/** Headers that name it. @param firstSequence `undefined` for an event that is new */
export function withFirstSequence(firstSequence: number | undefined): MsgHdrs {
  const facts = headers();
  if (firstSequence !== undefined) {
    facts.set(FIRST_SEQUENCE_HEADER, String(firstSequence));
  }
  return facts;
}
