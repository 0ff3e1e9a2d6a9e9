import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { purgeReceiptId, type ExpiredImage, type ExpiredQuery } from '@facet/contracts';
import { EventPublisher, QueryClient } from '@facet/messaging';
import { Retention } from '../keeping/retention';

/** Pictures that the catalog is asked for at once. */
const BATCH = 100;

/** Has those deleted pictures destroyed that can no longer be restored. */
@Injectable()
export class ExpiredPictures {
  constructor(
    private readonly queries: QueryClient,
    private readonly events: EventPublisher,
    private readonly retention: Retention,
  ) {}

  /**
   * One round. What it did not come to is found by the next; asking for the purge of a picture again is dropped by the log, or comes to
   * nothing, as one purge is like two.
   *
   * @returns how many purges were asked for
   */
  async sweep(signal: AbortSignal): Promise<number> {
    const now = new Date();
    const deleted_before = this.retention.overBefore(now);
    let asked = 0;
    for (let after: ExpiredQuery['after']; ;) {
      const { images } = await this.queries.askPatiently('catalog.image.expired', { deleted_before, after, limit: BATCH });
      for (const image of images) {
        signal.throwIfAborted();
        await this.purge(image, now);
        asked += 1;
      }
      const last = images.at(-1);
      if (!last || images.length < BATCH) {
        return asked;
      }
      after = { deleted_at: last.deleted_at, id: last.id };
    }
  }

  private async purge({ id, user_id, deletion }: ExpiredImage, now: Date): Promise<void> {
    await this.events.publish('image.purging', {
      image_id: id,
      user_id,
      request_id: randomUUID(),
      // that of the deletion: a picture that is restored and deleted once more is another matter
      change_id: `${purgeReceiptId(id)}-${deletion}`,
      purging_at: now.toISOString(),
      deletion,
    });
  }
}
