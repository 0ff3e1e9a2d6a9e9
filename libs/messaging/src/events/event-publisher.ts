import { eventMessageId, events, type EventName, type EventPayload } from '@facet/contracts';
import { FacetError } from '@facet/platform';
import type { JetStreamClient } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';
import { PATIENT_PUBLISH } from '../streams/patient-publish';
import { eventLogAway } from './event-log-away';
import { withFirstSequence } from './first-sequence';

/** What tells an event of a picture from others of the same kind. */
interface AboutPicture {
  image_id: string;
  change_id?: string;
  reopened?: number;
}

/** By the picture that an event is about: a finished record carries it as `id`. */
const messageIdOf = (subject: string, payload: AboutPicture | { id: string }): string =>
  'image_id' in payload
    ? eventMessageId(payload.image_id, subject, payload.reopened ? `again-${payload.reopened}` : payload.change_id)
    : eventMessageId(payload.id, subject);

/** Puts events on the log. */
export class EventPublisher {
  constructor(private readonly jetstream: JetStreamClient) {}

  /**
   * Publishes an event and waits until the server has it. Publishing the same event of the same picture again (for one of
   * keeping: the same change) is dropped by the server and counts as success.
   *
   * @param firstSequence position at which the log has it already, if it is published once more and is to count as that one
   * @returns the event's stream sequence: that of the first, when this one was dropped
   * @throws FacetError `unavailable` (retryable) when the server does not confirm; the event may or may not be there. `internal`
   *   when no message can hold it
   */
  async publish<N extends EventName>(subject: N, payload: EventPayload<N>, firstSequence?: number): Promise<number> {
    const event = events[subject].schema.parse(payload) as EventPayload<N>;
    try {
      const ack = await this.jetstream.publish(subject, JSON.stringify(event), {
        ...PATIENT_PUBLISH,
        msgID: messageIdOf(subject, event),
        headers: withFirstSequence(firstSequence),
      });
      return ack.seq;
    } catch (cause) {
      if (cause instanceof errors.InvalidArgumentError) {
        throw new FacetError('internal', 'This event is larger than a message may be.', { cause });
      }
      throw eventLogAway(cause);
    }
  }
}
