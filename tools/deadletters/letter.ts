import { deadLetterSubject, events, ImageId, ImageRequested, type EventName } from '@facet/contracts';
import { DEAD_LETTER_HEADERS } from '@facet/messaging';
import type { JsMsg } from '@nats-io/jetstream';
import type { MsgHdrs } from '@nats-io/transport-node';
import { z } from 'zod';
import type { LetterFilter } from './options';

/** The least that an event of keeping tells. */
const KeptImage = z.object({ image_id: ImageId });

/** A message of the stream of dead letters, however it was read. */
type KeptMessage = Pick<JsMsg, 'seq' | 'subject' | 'data' | 'time'>;

/** An event that was given up, and why. A fact that the letter does not tell is empty. */
export interface Letter {
  /** position in the stream of dead letters: what a person names it by */
  sequence: number;
  /** ISO 8601 */
  keptAt: string;
  /** of the event */
  subject: string;
  stage: string;
  code: string;
  reason: string;
  attempts: string;
  /** the event's position in the event log */
  eventSequence: string;
  headers: Record<string, string>;
  data: Uint8Array;
}

/** What a letter is about: a step of a job holds all that its request held; an event of keeping is of a picture without one. */
export interface LetterEvent {
  image_id: string;
  request: ImageRequested | null;
}

export function letterOf({ seq, subject, data, time }: KeptMessage, headers: MsgHdrs | undefined): Letter {
  const header = (name: keyof typeof DEAD_LETTER_HEADERS): string => headers?.get(DEAD_LETTER_HEADERS[name]) ?? '';
  return {
    sequence: seq,
    keptAt: time.toISOString(),
    subject: subject.slice(deadLetterSubject('').length),
    stage: header('stage'),
    code: header('code'),
    reason: header('reason'),
    attempts: header('attempts'),
    eventSequence: header('eventSequence'),
    headers: Object.fromEntries((headers?.keys() ?? []).map((name) => [name, headers?.values(name).join(', ') ?? ''])),
    data,
  };
}

export const isMeant = (letter: Letter, { stage, code }: LetterFilter): boolean =>
  (stage === undefined || letter.stage === stage) && (code === undefined || letter.code === code);

/** The event as it was sent: what its JSON says, or the text itself when it is no JSON. */
export function contentOf({ data }: Letter): unknown {
  const text = new TextDecoder().decode(data);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** The picture that the letter is about, or nothing if its event does not name one. */
export function imageIdOf(letter: Letter): string {
  const content = contentOf(letter);
  return typeof content === 'object' && content !== null && 'image_id' in content && typeof content.image_id === 'string'
    ? content.image_id
    : '';
}

/**
 * From where on in the event log there may be a retry of the letter, or a picture: not before its event, unless that is one of a job
 * which was begun anew. The events of earlier attempts are anywhere before.
 */
export function beginningOf(letter: Letter): number {
  const read = eventOf(letter);
  const isFirst = 'fault' in read || (read.event.request?.reopened ?? 0) === 0;
  return isFirst ? Number(letter.eventSequence) || 1 : 1;
}

/** The letter's event, or why it cannot be handled, however often it is tried. */
export function eventOf(letter: Letter): { event: LetterEvent } | { fault: string } {
  const name = (Object.keys(events) as EventName[]).find((known) => known === letter.subject);
  if (name === undefined || events[name].consumedBy === null) {
    return { fault: `no service handles ${letter.subject || 'an event without a name'}` };
  }
  const content = contentOf(letter);
  const whole = events[name].schema.safeParse(content);
  const image = KeptImage.safeParse(content);
  const request = events[name].partOf === 'job' ? ImageRequested.safeParse(content) : null;
  if (whole.success && image.success && (request?.success ?? true)) {
    return { event: { image_id: image.data.image_id, request: request?.data ?? null } };
  }
  const issue = (whole.error ?? image.error ?? request?.error)?.issues[0];
  return { fault: `a malformed ${name} event: ${[issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')}` };
}
