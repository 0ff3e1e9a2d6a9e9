import { Logger } from '@nestjs/common';
import { Query } from 'mongoose';
import { DEFAULT_SLOW_MS } from '../catalog.config';

/** What is told of a query beside its name and time. */
interface QueryShape {
  /** names of the fields that were asked for, never the values: prompts and users are nobody's business in a log */
  fields?: string[];
  sort?: unknown;
  hint?: unknown;
  limit?: unknown;
  skip?: unknown;
}

/**
 * Logs what MongoDB took long for. It is seen here as the service feels it: the wait for a connection and the way to the server
 * included. The driver's own monitoring of commands is not used, as it reads every answer a second time.
 */
export class SlowQueries {
  private readonly logger = new Logger(SlowQueries.name);

  /** @param thresholdMs what takes as long or longer is logged */
  constructor(private readonly thresholdMs = DEFAULT_SLOW_MS) {}

  /**
   * Waits for a query, and logs it if that took long, whether it went well or not.
   * @param name what it is for, such as `list`
   * @param query of Mongoose, or anything else that is under way
   */
  async time<T>(name: string, query: PromiseLike<T>): Promise<T> {
    const began = performance.now();
    try {
      return await query;
    } finally {
      const duration_ms = Math.round(performance.now() - began);
      if (duration_ms >= this.thresholdMs) {
        this.logger.warn({ msg: 'slow query', query: name, ...shapeOf(query), duration_ms });
      }
    }
  }
}

function shapeOf(query: unknown): QueryShape {
  if (!(query instanceof Query)) {
    return {};
  }
  const { sort, hint, limit, skip } = query.getOptions() as QueryShape;
  return {
    fields: Object.keys(query.getFilter()),
    ...(sort !== undefined && { sort }),
    ...(hint !== undefined && { hint }),
    ...(limit !== undefined && { limit }),
    ...(skip !== undefined && { skip }),
  };
}
