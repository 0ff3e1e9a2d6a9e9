import { Injectable, Logger } from '@nestjs/common';
import { purgeReceiptId, type ImagePurgePlanned } from '@facet/contracts';
import { BlobStore, EventPublisher, Receipts } from '@facet/messaging';
import { AssetStore, type StoredAsset } from '../assets/asset-store';
import { LocalStore } from '../assets/local-store';

/** Destroys what lies in stores of a picture that is being purged. May be repeated. */
@Injectable()
export class PurgeService {
  private readonly logger = new Logger(PurgeService.name);

  constructor(
    private readonly configured: AssetStore,
    private readonly local: LocalStore,
    private readonly blobs: BlobStore,
    private readonly receipts: Receipts,
    private readonly events: EventPublisher,
  ) {}

  /** @throws FacetError `storage_failed` when something of it is still there */
  async destroy({ assets, ...event }: ImagePurgePlanned): Promise<void> {
    const blobs = await this.blobs.namesOf(`${event.image_id}/`);
    // entered before it goes: who dies in between finds no more of it
    await this.receipts.enter(purgeReceiptId(event.image_id), { assets: assets.map(({ path }) => path), blobs });
    for (const asset of assets) {
      await this.storeOf(asset).destroy(asset);
    }
    await this.blobs.erase(blobs);
    await this.events.publish('image.purged', event);
    this.logger.log({ msg: 'assets of a purged picture destroyed', assets: assets.length, blobs: blobs.length });
  }

  /** Pictures with an address of this deployment are in NATS also when new ones go to Cloudinary by now. */
  private storeOf({ url }: StoredAsset): AssetStore {
    return LocalStore.serves(url) ? this.local : this.configured;
  }
}
