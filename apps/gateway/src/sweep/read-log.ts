import type { JetStreamClient, JsMsg } from '@nats-io/jetstream';

/** Messages on their way to the reader: enough to keep the line busy, at a few kilobytes each. */
const PREFETCH = 500;

/** The part of a stream that is to be read. */
interface LogPart {
  stream: string;
  /** the first sequence of interest; may be behind the last one */
  from: number;
  /** default: all subjects */
  subject?: string;
  /** leave the payloads at the server */
  headersOnly?: boolean;
}

/**
 * Reads a stream in order up to where it ends at the moment, or until the visitor answers false.
 *
 * @returns false when the signal came first, so that not all was seen
 */
export async function readLog(
  log: JetStreamClient,
  { stream, from, subject, headersOnly = false }: LogPart,
  signal: AbortSignal,
  visit: (message: JsMsg) => boolean,
): Promise<boolean> {
  const part = { opt_start_seq: from, headers_only: headersOnly, ...(subject !== undefined && { filter_subjects: subject }) };
  const consumer = await log.consumers.get(stream, part);
  try {
    if ((await consumer.info(true)).num_pending === 0) {
      return true;
    }
    const messages = await consumer.consume({ max_messages: PREFETCH });
    const stop = (): void => {
      messages.stop();
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      for await (const message of messages) {
        if (signal.aborted) {
          break;
        }
        if (!visit(message) || message.info.pending === 0) {
          return true;
        }
      }
      return false;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  } finally {
    // the server forgets it by itself after minutes
    await consumer.delete().catch(() => false);
  }
}
