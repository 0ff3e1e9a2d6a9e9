import { IMAGES_STREAM } from '@facet/contracts';
import { isRetryMessageId, readStream } from '@facet/messaging';
import { jetstream, PubHeaders } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

/**
 * Which events have been put on the log again. The server's own duplicate window is two minutes; a retry that broke off may
 * be taken up after hours.
 */
export class RetriedEvents {
  private readonly ids = new Set<string>();

  /** @param next where to begin: nothing earlier on the log is looked for */
  constructor(
    private readonly connection: NatsConnection,
    private next: number,
  ) {}

  /** Whether an event of that id, made by `retryMessageId`, is on the log at this moment. */
  async has(messageId: string): Promise<boolean> {
    // the next question reads on from where this one ended
    const part = { stream: IMAGES_STREAM, from: this.next, headersOnly: true };
    for await (const { seq, headers } of readStream(jetstream(this.connection), part)) {
      const id = headers?.get(PubHeaders.MsgIdHdr) ?? '';
      if (isRetryMessageId(id)) {
        this.ids.add(id);
      }
      this.next = seq + 1;
    }
    return this.ids.has(messageId);
  }
}
