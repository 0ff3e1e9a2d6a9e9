import { IMAGES_STREAM, type EventName } from '@facet/contracts';
import { isRetryMessageId, pictureOf, readStream } from '@facet/messaging';
import { jetstream, PubHeaders } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

/**
 * What has come on the log since the events of the letters. The server's own duplicate window is two minutes, and a job is forgotten
 * after a week; a letter may be retried after any time.
 */
export class LaterEvents {
  private readonly retries = new Set<string>();
  private readonly stored = new Map<string, number>();

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

  /**
   * Where a picture of that id has been stored first by this moment, by whichever attempt: the catalog has it, or is to enter it.
   * `undefined` when it has not been stored.
   */
  async firstStored(imageId: string): Promise<number | undefined> {
    await this.readOn();
    return this.stored.get(imageId);
  }

  /** The next question reads on from where this one ended. */
  private async readOn(): Promise<void> {
    const part = { stream: IMAGES_STREAM, from: this.next, headersOnly: true };
    for await (const message of readStream(jetstream(this.connection), part)) {
      const { seq, subject } = message;
      const id = message.headers?.get(PubHeaders.MsgIdHdr) ?? '';
      if (isRetryMessageId(id)) {
        this.retries.add(id);
      }
      if (subject === ('image.stored' satisfies EventName)) {
        const imageId = pictureOf(message) ?? '';
        this.stored.set(imageId, this.stored.get(imageId) ?? seq);
      }
      this.next = seq + 1;
    }
  }
}
