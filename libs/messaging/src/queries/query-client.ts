import { setTimeout as delay } from 'node:timers/promises';
import type { OnApplicationShutdown } from '@nestjs/common';
import {
  ERROR_CODES,
  queries,
  type PassingQueryName,
  type QueryName,
  type QueryRequest,
  type QueryResponse,
  type ServiceName,
  type SingleQueryName,
} from '@facet/contracts';
import { FacetError, logContext } from '@facet/platform';
import { headers } from '@nats-io/transport-node';
import { ClientNats, NatsRecordBuilder } from '@nestjs/microservices';
import { filter, firstValueFrom, map, timeout, toArray } from 'rxjs';
import { z } from 'zod';
import { natsOptions } from '../connection/nats-connector';
import { HEARTBEAT_HEADER, isHeartbeat } from './heartbeat';
import { LOG_CONTEXT_HEADERS } from './log-context-headers';
import { PassageDeserializer, passedOn, type PassedOn } from './passage';

const ErrorFactsSchema = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  retryable: z.boolean(),
  details: z.record(z.string(), z.unknown()).optional(),
});

/** An answer in one response or more. */
type Answer<T> = [T, ...T[]];

/**
 * How a response is understood, after so many others.
 *
 * @throws FacetError `internal` when it cannot be; any other error is no answer
 */
type Reader<T> = (part: unknown, number: number) => T;

/** Longest wait for an answer, in ms. Nest's NATS client has none of its own. */
const QUERY_TIMEOUT_MS = 5_000;

/** Signs of life in the silence that is allowed. */
const HEARTBEATS_PER_SILENCE = 3;

/** A query that is tried again: for how long in all, and after which silence, in ms. */
interface Patience {
  timeoutMs: number;
  silenceMs: number;
}

/** For an answer that is looked up. */
export const LOOKED_UP: Patience = { timeoutMs: QUERY_TIMEOUT_MS, silenceMs: 1_500 };

/** For an answer of thousands of nodes: a process that is busy making one for somebody else gives no signs of life meanwhile. */
const WORKED_OUT: Patience = { timeoutMs: 15_000, silenceMs: 5_000 };

/** Pause between two tries, in ms. */
const TRY_AGAIN_MS = 100;

interface AskOptions {
  /** ms; only for queries that do work, such as fetching a picture */
  timeoutMs?: number;
  /**
   * Longest silence, ms. The other service gives signs of life until its answer, so that its death is noticed long before
   * `timeoutMs`; default: none are asked for
   */
  silenceMs?: number;
}

/** Asks other services, through Nest's own NATS transport. */
export class QueryClient implements OnApplicationShutdown {
  private readonly client: ClientNats;

  constructor(servers: string, service: ServiceName) {
    this.client = new ClientNats({ ...natsOptions(servers, `${service} asks`), deserializer: new PassageDeserializer() });
  }

  /**
   * @returns the answer, parsed
   * @throws FacetError what the other service threw, or `unavailable` (retryable) when nobody answers in time
   */
  async ask<N extends SingleQueryName>(
    name: N,
    request: QueryRequest<N>,
    { timeoutMs = QUERY_TIMEOUT_MS, silenceMs = timeoutMs }: AskOptions = {},
  ): Promise<QueryResponse<N>> {
    const outcome = await this.tryOnce(name, request, { timeoutMs, silenceMs }, parser(name));
    if ('silence' in outcome) {
      throw unanswered(name, outcome.silence);
    }
    return outcome.answer[0];
  }

  /**
   * As `ask`, for queries that only read: one that gets no answer is asked again until the usual time-out is over. So a
   * service that is started again, or an answer that was lost with a connection, is not noticed by whoever asks.
   */
  async askPatiently<N extends SingleQueryName>(name: N, request: QueryRequest<N>): Promise<QueryResponse<N>> {
    return (await this.tryUntilAnswered(name, request, LOOKED_UP, parser(name)))[0];
  }

  /**
   * As `askPatiently`, for lists that are passed on. The answer is waited for whole: one that breaks off is asked for again.
   *
   * @param patience default: that for an answer of thousands of nodes
   * @returns at least one passage, in order. Their text is not parsed
   */
  askForPassages<N extends PassingQueryName>(name: N, request: QueryRequest<N>, patience = WORKED_OUT): Promise<Answer<PassedOn<N>>> {
    return this.tryUntilAnswered(name, request, patience, (part, number) => passedOn(name, part, number));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
  }

  /** @throws FacetError as `ask` */
  private async tryUntilAnswered<N extends QueryName, T>(
    name: N,
    request: QueryRequest<N>,
    { timeoutMs, silenceMs }: Patience,
    read: Reader<T>,
  ): Promise<Answer<T>> {
    const until = performance.now() + timeoutMs;
    for (;;) {
      const outcome = await this.tryOnce(name, request, { timeoutMs: until - performance.now(), silenceMs }, read);
      if ('answer' in outcome) {
        return outcome.answer;
      }
      if (performance.now() + TRY_AGAIN_MS >= until) {
        throw unanswered(name, outcome.silence);
      }
      await delay(TRY_AGAIN_MS);
    }
  }

  /** Responses are read as they arrive: a long answer is still being written then. @throws FacetError what the other service threw */
  private async tryOnce<N extends QueryName, T>(
    name: N,
    request: QueryRequest<N>,
    { timeoutMs, silenceMs }: Required<AskOptions>,
    read: Reader<T>,
  ): Promise<{ answer: Answer<T> } | { silence: unknown }> {
    const heartbeatMs = silenceMs < timeoutMs ? Math.floor(silenceMs / HEARTBEATS_PER_SILENCE) : null;
    const parts = this.client.send<unknown>(name, this.record(request, heartbeatMs)).pipe(
      timeout({ each: silenceMs }),
      filter((part) => !isHeartbeat(part)),
      timeout({ first: timeoutMs }),
      map(read),
      toArray(),
    );
    try {
      const [first = read(undefined, 0), ...more] = await firstValueFrom(parts);
      return { answer: [first, ...more] };
    } catch (cause) {
      if (cause instanceof FacetError) {
        throw cause;
      }
      const facts = ErrorFactsSchema.safeParse(cause);
      if (facts.success) {
        throw FacetError.fromFacts(facts.data);
      }
      return { silence: cause };
    }
  }

  private record(request: unknown, heartbeatMs: number | null) {
    const ids = headers();
    for (const [key, value] of Object.entries(logContext())) {
      if (typeof value === 'string') {
        ids.set(LOG_CONTEXT_HEADERS[key as keyof typeof LOG_CONTEXT_HEADERS], value);
      }
    }
    if (heartbeatMs !== null) {
      ids.set(HEARTBEAT_HEADER, String(heartbeatMs));
    }
    return new NatsRecordBuilder(request).setHeaders(ids).build();
  }
}

const unanswered = (name: QueryName, cause: unknown): FacetError =>
  new FacetError('unavailable', `The ${queries[name].answeredBy} service does not answer at the moment.`, { retryable: true, cause });

const parser =
  <N extends SingleQueryName>(name: N): Reader<QueryResponse<N>> =>
  (answer) => {
    const parsed = queries[name].response.safeParse(answer);
    if (!parsed.success) {
      throw new FacetError('internal', `A malformed answer to ${name}.`, { cause: parsed.error });
    }
    return parsed.data as QueryResponse<N>;
  };
