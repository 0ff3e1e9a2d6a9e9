import { IMAGES_STREAM, imageIdOfMessage, type EventName } from '@facet/contracts';
import { isRetryMessageId, readStream } from '@facet/messaging';
import { jetstream, PubHeaders } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

/**
 * What has come on the log since the events of the letters. The server's own duplicate window is two minutes, and a job is forgotten
 * after a week; a letter may be retried after any time.
 */
export class LaterEvents {
  private readonly retries = new Set<string>();
  private readonly stored = new Set<string>();

  /** @param next where to begin: nothing earlier on the log is looked for */
  constructor(
    private readonly connection: NatsConnection,
    private next: number,
  ) {}

  /** Whether an event of that id, made by `retryMessageId`, is on the log at this moment: it has been put there again. */
  async hasRetry(messageId: string): Promise<boolean> {
    await this.readOn();
    return this.retries.has(messageId);
  }

  /** Whether a picture of that id has been stored by this moment, by whichever attempt: the catalog has it, or is to enter it. */
  async hasPicture(imageId: string): Promise<boolean> {
    await this.readOn();
    return this.stored.has(imageId);
  }

  /** The next question reads on from where this one ended. */
  private async readOn(): Promise<void> {
    const part = { stream: IMAGES_STREAM, from: this.next, headersOnly: true };
    for await (const { seq, subject, headers } of readStream(jetstream(this.connection), part)) {
      const id = headers?.get(PubHeaders.MsgIdHdr) ?? '';
      if (isRetryMessageId(id)) {
        this.retries.add(id);
      }
      if (subject === ('image.stored' satisfies EventName)) {
        this.stored.add(imageIdOfMessage(id) ?? '');
      }
      this.next = seq + 1;
    }
  }
}
