import { Logger } from '@nestjs/common';
import type { mongo } from 'mongoose';

/** The connection that is watched must be opened with this. */
export const WATCHED = { monitorCommands: true } as const;

/** What is told of a command beside its time. */
interface CommandShape {
  command: string;
  collection?: unknown;
  /** names of the fields that were asked for, never the values: prompts and users are nobody's business in a log */
  fields?: string[];
  sort?: unknown;
  hint?: unknown;
  limit?: unknown;
  skip?: unknown;
}

/** Commands on their way at most: answers that never come must not fill the memory. */
const MAX_WAITING = 10_000;

/**
 * Logs every command of the driver that took long, with its shape. What is slow is seen here as the service feels it: the
 * way to the server and the wait for it included.
 */
export class SlowQueries {
  private readonly logger = new Logger(SlowQueries.name);
  private readonly shapes = new Map<number, CommandShape>();

  /** @param thresholdMs commands that take as long or longer are logged */
  constructor(private readonly thresholdMs: number) {}

  watch(client: mongo.MongoClient): void {
    client.on('commandStarted', ({ requestId, commandName, command }) => {
      if (this.shapes.size < MAX_WAITING) {
        this.shapes.set(requestId, shapeOf(commandName, command));
      }
    });
    client.on('commandSucceeded', (event) => this.ended(event));
    client.on('commandFailed', (event) => this.ended(event));
  }

  private ended({ requestId, duration }: Pick<mongo.CommandSucceededEvent, 'requestId' | 'duration'>): void {
    const shape = this.shapes.get(requestId);
    this.shapes.delete(requestId);
    if (shape && duration >= this.thresholdMs) {
      this.logger.warn({ msg: 'slow query', ...shape, duration_ms: duration });
    }
  }
}

/** What a command is, without what it is about. */
export function shapeOf(command: string, body: Readonly<Record<string, unknown>>): CommandShape {
  const { filter, query, pipeline, updates, sort, hint, limit, skip } = body;
  const first = firstOf(pipeline)?.['$match'] ?? firstOf(updates)?.['q'];
  const asked = filter ?? query ?? first;
  return {
    command,
    collection: body[command],
    ...(isRecord(asked) && { fields: Object.keys(asked) }),
    ...(isRecord(sort) && { sort }),
    ...(hint !== undefined && { hint }),
    ...(limit !== undefined && { limit }),
    ...(skip !== undefined && { skip }),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function firstOf(list: unknown): Record<string, unknown> | undefined {
  const [first] = Array.isArray(list) ? (list as unknown[]) : [];
  return isRecord(first) ? first : undefined;
}
