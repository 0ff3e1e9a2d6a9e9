import { MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { queries, type QueryName } from '@facet/contracts';
import { FacetError } from '@facet/platform';

/** Marks the method that answers a query of another service. Its return value is the answer. */
export const AnswersQuery = (name: QueryName) => MessagePattern(name, Transport.NATS);

/** The query's payload, parsed. A malformed one is answered with `invalid_request`. */
export const QueryPayload = (name: QueryName) =>
  Payload({
    transform: (value: unknown): unknown => {
      const parsed = queries[name].request.safeParse(value);
      if (!parsed.success) {
        throw new FacetError('invalid_request', `A malformed ${name} query.`, { cause: parsed.error });
      }
      return parsed.data;
    },
  });
