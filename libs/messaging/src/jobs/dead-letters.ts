import { DEADLETTERS_STREAM, deadLetterSubject, type ServiceName } from '@facet/contracts';
import { FacetError } from '@facet/platform';
import type { JetStreamClient, JsMsg } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';

/** Keeps events apart that no attempt could handle. */
export class DeadLetters {
  constructor(
    private readonly jetstream: JetStreamClient,
    private readonly service: ServiceName,
  ) {}

  /** Copies an event with the reason in its headers. Keeping the same event twice leaves one. */
  async keep(subject: string, message: JsMsg, error: FacetError): Promise<void> {
    const facts = headers();
    facts.set('facet-stage', this.service);
    facts.set('facet-code', error.code);
    // a header is one line
    facts.set('facet-reason', error.message.replace(/\s+/g, ' ').slice(0, 500));
    facts.set('facet-attempts', String(message.info.deliveryCount));
    facts.set('facet-sequence', String(message.info.streamSequence));
    await this.jetstream.publish(deadLetterSubject(subject), message.data, {
      headers: facts,
      msgID: `${DEADLETTERS_STREAM}:${message.info.streamSequence}`,
      timeout: 1_500,
      retries: 5,
    });
  }
}
