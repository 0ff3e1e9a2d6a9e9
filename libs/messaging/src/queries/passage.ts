import { queries, type PassingQueryName, type PassedMember, type QueryResponse } from '@facet/contracts';
import { FacetError } from '@facet/platform';
import { headers, type Msg } from '@nats-io/transport-node';
import { NatsResponseJSONDeserializer } from '@nestjs/microservices';
import { z } from 'zod';

/** What Nest's transport says of a response in its JSON, in headers: its id, and whether it is the last one. */
const ID_HEADER = 'x-passage-id';
const LAST_HEADER = 'x-passage-last';

/** The passages of an answer are counted, from 0: one that is lost with a connection must not go unnoticed when later ones arrive. */
const NUMBER_HEADER = 'x-passage-number';

/** What whoever asks is to know of a passage, in JSON. Of ids, numbers and instants alone: a header is ASCII. */
const FACTS_HEADER = 'x-passage-facts';

/** A response of a query whose list is passed on: what handlers answer with. It becomes text when it is sent. */
export class Passage<N extends PassingQueryName> {
  constructor(
    readonly facts: QueryResponse<N>,
    readonly members: readonly PassedMember<N>[],
  ) {}
}

/** The same as it arrives. */
export interface PassedOn<N extends PassingQueryName> {
  facts: QueryResponse<N>;
  /** a JSON list, as UTF-8. Not parsed: it is as good as who answered */
  text: Uint8Array;
}

/** What Nest's transport sends, of a passage. */
interface PassagePacket {
  response?: unknown;
  isDisposed?: boolean;
}

export const isPassagePacket = (packet: PassagePacket): packet is PassagePacket & { response: Passage<PassingQueryName> } =>
  packet.response instanceof Passage;

/** Sends a passage: its list is the whole message. @param number of those of this answer that were sent before */
export function respondWithPassage(
  message: Msg,
  id: string,
  number: number,
  { response, isDisposed }: PassagePacket & { response: Passage<PassingQueryName> },
): void {
  const about = headers();
  about.set(ID_HEADER, id);
  about.set(NUMBER_HEADER, String(number));
  about.set(FACTS_HEADER, JSON.stringify(response.facts));
  if (isDisposed === true) {
    about.set(LAST_HEADER, '1');
  }
  message.respond(JSON.stringify(response.members), { headers: about });
}

/** A passage whose facts were not looked at yet. */
export class RawPassage {
  constructor(
    readonly number: number,
    readonly facts: string,
    readonly text: Uint8Array,
  ) {}
}

/** Takes passages as they are, and everything else as Nest does. */
export class PassageDeserializer extends NatsResponseJSONDeserializer {
  override deserialize(message: Msg, options?: Record<string, unknown>): ReturnType<NatsResponseJSONDeserializer['deserialize']> {
    const facts = message.headers?.get(FACTS_HEADER);
    if (message.headers === undefined || facts === undefined || facts === '') {
      return super.deserialize(message, options);
    }
    const { headers: about, data } = message;
    return {
      id: about.get(ID_HEADER),
      response: new RawPassage(Number(about.get(NUMBER_HEADER)), facts, data),
      isDisposed: about.get(LAST_HEADER) === '1',
    };
  }
}

/**
 * @param number of passages that came before
 * @throws FacetError `internal` when it has not the facts that the query's answer has
 * @throws Error when one before it is missing
 */
export function passedOn<N extends PassingQueryName>(name: N, answer: unknown, number: number): PassedOn<N> {
  const facts = queries[name].response.safeParse(answer instanceof RawPassage ? JSON.parse(answer.facts) : undefined);
  if (!(answer instanceof RawPassage) || !facts.success) {
    throw new FacetError('internal', `A malformed answer to ${name}.`, { cause: facts.error });
  }
  if (answer.number !== number) {
    throw new Error(`Passage ${number} of an answer to ${name} was lost.`);
  }
  return { facts: facts.data as QueryResponse<N>, text: answer.text };
}

/** The members of an answer's list, for who wants to know them. @throws FacetError `internal` when they are not what the query's are */
export function membersOf<N extends PassingQueryName>(name: N, passages: readonly PassedOn<N>[]): PassedMember<N>[] {
  const decoder = new TextDecoder();
  const members = passages.flatMap(({ text }) => JSON.parse(decoder.decode(text)) as unknown[]);
  const parsed = z.array(queries[name].passes).safeParse(members);
  if (!parsed.success) {
    throw new FacetError('internal', `A malformed answer to ${name}.`, { cause: parsed.error });
  }
  return parsed.data as PassedMember<N>[];
}
