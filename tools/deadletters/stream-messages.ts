import { jetstream, jetstreamManager, type JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

interface Range {
  /** first sequence */
  from: number;
  /** leaves the bodies out */
  headersOnly?: boolean;
}

/** The messages of a stream from a sequence on, as far as there are any when it is called. */
export async function* messagesOf(connection: NatsConnection, stream: string, { from, headersOnly = false }: Range): AsyncGenerator<JsMsg> {
  const { state } = await (await jetstreamManager(connection)).streams.info(stream);
  if (state.messages === 0 || state.last_seq < from) {
    return;
  }
  const consumer = await jetstream(connection).consumers.get(stream, { opt_start_seq: from, headers_only: headersOnly });
  try {
    // what was deleted at the end of the stream never comes
    if ((await consumer.info(true)).num_pending === 0) {
      return;
    }
    for await (const message of await consumer.consume()) {
      if (message.seq <= state.last_seq) {
        yield message;
      }
      if (message.seq >= state.last_seq || message.info.pending === 0) {
        return;
      }
    }
  } finally {
    await consumer.delete();
  }
}
