import type { OnApplicationShutdown } from '@nestjs/common';
import { ERROR_CODES, queries, type QueryName, type QueryRequest, type QueryResponse, type ServiceName } from '@facet/contracts';
import { FacetError, logContext } from '@facet/platform';
import { headers } from '@nats-io/transport-node';
import { ClientNats, NatsRecordBuilder } from '@nestjs/microservices';
import { firstValueFrom, timeout } from 'rxjs';
import { z } from 'zod';
import { natsOptions } from '../connection/nats-connector';
import { LOG_CONTEXT_HEADERS } from './log-context-headers';

const ErrorFactsSchema = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  retryable: z.boolean(),
  details: z.record(z.string(), z.unknown()).optional(),
});

/** Longest wait for an answer, in ms. Nest's NATS client has none of its own. */
const QUERY_TIMEOUT_MS = 5_000;

interface AskOptions {
  /** ms; only for queries that do work, such as fetching a picture */
  timeoutMs?: number;
}

/** Asks other services, through Nest's own NATS transport. */
export class QueryClient implements OnApplicationShutdown {
  private readonly client: ClientNats;

  constructor(servers: string, service: ServiceName) {
    this.client = new ClientNats({ ...natsOptions(servers, `${service} asks`) });
  }

  /**
   * @returns the answer, parsed
   * @throws FacetError what the other service threw, or `unavailable` (retryable) when nobody answers in time
   */
  async ask<N extends QueryName>(
    name: N,
    request: QueryRequest<N>,
    { timeoutMs = QUERY_TIMEOUT_MS }: AskOptions = {},
  ): Promise<QueryResponse<N>> {
    let answer: unknown;
    try {
      answer = await firstValueFrom(this.client.send<unknown>(name, this.record(request)).pipe(timeout(timeoutMs)));
    } catch (cause) {
      const facts = ErrorFactsSchema.safeParse(cause);
      throw facts.success
        ? FacetError.fromFacts(facts.data)
        : new FacetError('unavailable', `The ${queries[name].answeredBy} service does not answer at the moment.`, {
            retryable: true,
            cause,
          });
    }
    const parsed = queries[name].response.safeParse(answer);
    if (!parsed.success) {
      throw new FacetError('internal', `A malformed answer to ${name}.`, { cause: parsed.error });
    }
    return parsed.data as QueryResponse<N>;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
  }

  private record(request: unknown) {
    const ids = headers();
    for (const [key, value] of Object.entries(logContext())) {
      if (typeof value === 'string') {
        ids.set(LOG_CONTEXT_HEADERS[key as keyof typeof LOG_CONTEXT_HEADERS], value);
      }
    }
    return new NatsRecordBuilder(request).setHeaders(ids).build();
  }
}
