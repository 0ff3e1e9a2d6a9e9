import { Injectable, Logger } from '@nestjs/common';
import type { Asset, BlobRef, ImageGenerated } from '@facet/contracts';
import { BlobStore, EventPublisher, JobStore } from '@facet/messaging';
import { AssetStore, type StoredAsset } from '../assets/asset-store';

/** Puts a generated picture and its uploads into the asset store, and says so. */
@Injectable()
export class StoringService {
  private readonly logger = new Logger(StoringService.name);

  constructor(
    private readonly blobs: BlobStore,
    private readonly assets: AssetStore,
    private readonly jobs: JobStore,
    private readonly events: EventPublisher,
  ) {}

  async store(event: ImageGenerated): Promise<void> {
    if (await this.jobs.hasEnded(event.image_id)) {
      this.logger.log({ msg: 'job has ended already, nothing to store' });
      return;
    }
    await this.jobs.move(event.image_id, 'storing');
    const [generated, uploads] = await Promise.all([this.keep(event, event.result, event.image_id), this.keepUploads(event)]);
    await this.events.publish('image.stored', {
      ...event,
      generated_image_url: generated.url,
      generated_image_path: generated.path,
      assets: uploads,
    });
    this.logger.log({ msg: 'picture stored', assets: uploads.length + 1 });
  }

  /** A regeneration has no uploads of its own: it keeps those of the chain's first picture. */
  private async keepUploads(event: ImageGenerated): Promise<Asset[]> {
    if (event.parent) {
      return event.parent.assets;
    }
    const counters = new Map<string, number>();
    return Promise.all(
      event.inputs.map(async ({ role, blob }) => {
        const n = counters.get(role) ?? 0;
        counters.set(role, n + 1);
        return { role, ...(await this.keep(event, blob, `${event.image_id}-${role}-${n}`)) };
      }),
    );
  }

  private async keep(event: ImageGenerated, blob: BlobRef, name: string): Promise<StoredAsset> {
    const bytes = await this.blobs.getExisting(blob.name);
    return this.assets.store({ userId: event.user_id, name, mime: blob.mime, bytes });
  }
}
