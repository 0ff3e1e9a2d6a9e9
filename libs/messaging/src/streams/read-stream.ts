import type { Consumer, JetStreamClient, JsMsg } from '@nats-io/jetstream';

/** Messages on their way to the reader: enough to keep the line busy, at a few kilobytes each. */
const PREFETCH = 500;

/** How often it is looked whether what is waited for will ever come, in ms. */
const LOOK_MS = 1_000;

/** The part of a stream that is to be read. */
interface StreamOptions {
  stream: string;
  /** default: all subjects */
  subject?: string;
  /** the last sequence of interest; default: the last that there is */
  until?: number;
  /** leaves the payloads at the server */
  headersOnly?: boolean;
}

type StreamPart = StreamOptions &
  /** the first sequence of interest; may be behind the last one */
  ({ from: number } | /** the first moment of interest, by the server's clock */ { since: Date });

/**
 * The messages of a stream in order, as many as there are when it is called: what is published meanwhile, by the reader
 * perhaps, is not waited for.
 *
 * @param signal ends the reading early, without an error: ask it whether all was seen
 * @throws what the client throws when NATS does not answer
 */
export async function* readStream(
  log: JetStreamClient,
  { stream, subject, until = Infinity, headersOnly = false, ...start }: StreamPart,
  signal?: AbortSignal,
): AsyncGenerator<JsMsg> {
  const begin = 'from' in start ? { opt_start_seq: start.from } : { opt_start_time: start.since.toISOString() };
  const part = { ...begin, headers_only: headersOnly, ...(subject !== undefined && { filter_subjects: subject }) };
  const consumer = await log.consumers.get(stream, part);
  let last: number | null = null;
  let isCutOff = false;
  try {
    let left = (await consumer.info(true)).num_pending;
    if (left === 0) {
      return;
    }
    const messages = await consumer.consume({ max_messages: PREFETCH });
    const stop = (): void => {
      messages.stop();
    };
    signal?.addEventListener('abort', stop, { once: true });
    let isWaiting = true;
    const look = setInterval(() => {
      void noneComes(consumer, () => isWaiting).then((none) => {
        if (none) {
          isCutOff = true;
          stop();
        }
      });
    }, LOOK_MS);
    try {
      for await (const message of messages) {
        isWaiting = false;
        if (signal?.aborted || message.seq > until) {
          return;
        }
        yield message;
        last = message.seq;
        left -= 1;
        if (left === 0 || message.info.pending === 0 || message.seq === until) {
          return;
        }
        isWaiting = true;
      }
    } finally {
      clearInterval(look);
      signal?.removeEventListener('abort', stop);
    }
  } finally {
    // the server forgets it by itself after minutes
    await consumer.delete().catch(() => false);
  }
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- the look sets it
  if (isCutOff) {
    // erased meanwhile, or lost with a connection: another consumer tells
    const rest = last === null ? start : { from: last + 1 };
    yield* readStream(log, { stream, until, headersOnly, ...(subject !== undefined && { subject }), ...rest }, signal);
  }
}

/** Whether the server has sent all there is, and a reader waits for more: for messages that were erased after they were counted, say. */
async function noneComes(consumer: Consumer, isWaiting: () => boolean): Promise<boolean> {
  if (!isWaiting()) {
    return false;
  }
  const pending = await consumer.info().then(
    ({ num_pending }) => num_pending,
    () => null,
  );
  return pending === 0 && isWaiting();
}
