import { eventMessageId, events, type EventName, type EventPayload } from '@facet/contracts';
import { FacetError } from '@facet/platform';
import type { JetStreamClient } from '@nats-io/jetstream';

/** One attempt's wait for the PubAck and the attempts: a broker that restarts is back within a second or two. */
const PUBLISH = { timeout: 1_500, retries: 5 };

/** The picture an event is about: part of its message id. A finished record carries it as `id`. */
const imageIdOf = (payload: { image_id: string } | { id: string }): string => ('image_id' in payload ? payload.image_id : payload.id);

/** Puts events on the log. */
export class EventPublisher {
  constructor(private readonly jetstream: JetStreamClient) {}

  /**
   * Publishes an event and waits until the server has it. Publishing the same event of the same picture again is
   * dropped by the server and counts as success.
   *
   * @returns the event's stream sequence
   * @throws FacetError `unavailable` (retryable) when the server does not confirm; the event may or may not be there
   */
  async publish<N extends EventName>(subject: N, payload: EventPayload<N>): Promise<number> {
    const event = events[subject].schema.parse(payload) as EventPayload<N>;
    try {
      const ack = await this.jetstream.publish(subject, JSON.stringify(event), {
        ...PUBLISH,
        msgID: eventMessageId(imageIdOf(event), subject),
      });
      return ack.seq;
    } catch (cause) {
      throw new FacetError('unavailable', 'The event log does not answer at the moment.', { retryable: true, cause });
    }
  }
}
