import { DEADLETTERS_STREAM, deadLetterSubject, eventMessageId, type ServiceName } from '@facet/contracts';
import type { FacetError } from '@facet/platform';
import type { JetStreamClient, JsMsg } from '@nats-io/jetstream';
import { eventLogAway } from '../events/event-log-away';
import { FIRST_SEQUENCE_HEADER, firstSequenceOf, withFirstSequence } from '../events/first-sequence';
import { PATIENT_PUBLISH } from '../streams/patient-publish';

/** What a dead letter tells in its headers. Its body is the event as it was. */
export const DEAD_LETTER_HEADERS = {
  /** the service that gave the event up */
  stage: 'facet-stage',
  /** code and message of the error */
  code: 'facet-code',
  reason: 'facet-reason',
  /** deliveries of the event */
  attempts: 'facet-attempts',
  /** the event's first position in the event log */
  eventSequence: FIRST_SEQUENCE_HEADER,
} as const;

/** Keeps events apart that no attempt could handle. */
export class DeadLetters {
  constructor(
    private readonly jetstream: JetStreamClient,
    private readonly service: ServiceName,
  ) {}

  /** Copies an event with the reason in its headers. Keeping the same event twice leaves one. */
  async keep(subject: string, message: JsMsg, error: FacetError): Promise<void> {
    const facts = withFirstSequence(firstSequenceOf(message));
    facts.set(DEAD_LETTER_HEADERS.stage, this.service);
    facts.set(DEAD_LETTER_HEADERS.code, error.code);
    // a header is one line
    facts.set(DEAD_LETTER_HEADERS.reason, error.message.replace(/\s+/g, ' ').slice(0, 500));
    facts.set(DEAD_LETTER_HEADERS.attempts, String(message.info.deliveryCount));
    await this.jetstream.publish(deadLetterSubject(subject), message.data, {
      headers: facts,
      msgID: `${DEADLETTERS_STREAM}:${message.info.streamSequence}`,
      ...PATIENT_PUBLISH,
    });
  }
}

/** An event that was kept apart. */
interface KeptEvent {
  /** position of the letter in its stream */
  sequence: number;
  /** of the event */
  subject: string;
  image_id: string;
  data: Uint8Array;
  /** position at which the event log has it first, if what comes of it is to be the same as at first */
  firstSequence?: number | undefined;
}

/**
 * `Nats-Msg-Id` of a dead letter's event when it is published again: another one than at first, which the server would drop
 * within its duplicate window, and the same one for everybody who retries that letter.
 */
export const retryMessageId = ({ image_id, subject, sequence }: Omit<KeptEvent, 'data' | 'firstSequence'>): string =>
  `${eventMessageId(image_id, subject)}:retry-${sequence}`;

export const isRetryMessageId = (messageId: string): boolean => /:retry-\d+$/.test(messageId);

/**
 * Puts the event of a dead letter on the log once more. Doing it again is dropped by the server, within its duplicate window.
 *
 * @throws FacetError `unavailable` (retryable) when the server does not confirm; the event may or may not be there
 */
export async function publishAgain(jetstream: JetStreamClient, event: KeptEvent): Promise<void> {
  const headers = withFirstSequence(event.firstSequence);
  try {
    await jetstream.publish(event.subject, event.data, { ...PATIENT_PUBLISH, msgID: retryMessageId(event), headers });
  } catch (cause) {
    throw eventLogAway(cause);
  }
}
