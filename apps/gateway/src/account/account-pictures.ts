import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { purgeReceiptId, type Receipt } from '@facet/contracts';
import { EventPublisher, LOOKED_UP, membersOf, QueryClient, Receipts } from '@facet/messaging';
import { PublicUrl } from '../images/public-url';

/** Pictures that are purged at once. */
const BATCH = 100;

/** Whoever has deleted a picture has done so before this, whatever their clock says. */
const ANY_TIME = '9999-12-31T23:59:59.999Z';

/** The pictures of a user whose account is being deleted. */
@Injectable()
export class AccountPictures {
  constructor(
    private readonly queries: QueryClient,
    private readonly events: EventPublisher,
    private readonly receipts: Receipts,
    private readonly publicUrl: PublicUrl,
  ) {}

  /** Some of the user's pictures that are not purged, deleted ones too; none when there are no more. One that is being purged is asked for again. */
  async some(userId: string): Promise<string[]> {
    const wanted = { user_id: userId, limit: BATCH, public_url: this.publicUrl.base };
    const images = membersOf('catalog.image.list', await this.queries.askForPassages('catalog.image.list', wanted, LOOKED_UP));
    if (images.length > 0) {
      return images.map(({ id }) => id);
    }
    const deleted = { user_id: userId, deleted_before: ANY_TIME, limit: BATCH };
    return (await this.queries.askPatiently('catalog.image.expired', deleted)).images.map(({ id }) => id);
  }

  /** Asks for the purge of a picture, as its owner would. May be repeated. @returns the receipt when it is done, or `null` */
  async purge(imageId: string, userId: string): Promise<Receipt | null> {
    const [id, purging_at] = [purgeReceiptId(imageId), new Date().toISOString()];
    await this.receipts.begin({ id, user_id: userId, image_id: imageId, created_at: purging_at });
    const receipt = await this.receipts.find(id);
    if (receipt?.state === 'done') {
      return receipt;
    }
    const purging = { image_id: imageId, user_id: userId, request_id: randomUUID(), change_id: id, of_account: true, purging_at } as const;
    await this.events.publish('image.purging', purging);
    return null;
  }
}
