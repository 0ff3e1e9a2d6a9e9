import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { resultBlobName, type BlobRef, type QueryRequest } from '@facet/contracts';
import { BlobStore, Leases } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import { AssetReader } from '../assets/asset-reader';

/** How often it is looked whether another replica has brought the picture, in ms. */
const POLL_MS = 200;

/** Longest wait for another replica, in ms: whoever asks waits 40 s. */
const PATIENCE_MS = 35_000;

/** Finds the bytes of finished pictures, for regenerations. */
@Injectable()
export class FetchingService {
  private readonly logger = new Logger(FetchingService.name);

  constructor(
    private readonly blobs: BlobStore,
    private readonly assets: AssetReader,
    private readonly leases: Leases,
  ) {}

  /**
   * The picture as a blob: the one still there from its making, else read back from the asset store, by one replica for
   * all who ask at the same moment. When that one fails or dies, the next of them tries.
   *
   * @throws FacetError `storage_failed` when it cannot be read; `unavailable` (retryable) when nobody brought it in time
   */
  async fetch(picture: QueryRequest<'media.fetch'>): Promise<BlobRef> {
    const deadline = performance.now() + PATIENCE_MS;
    do {
      const cached = await this.blobs.findPicture(resultBlobName(picture.image_id));
      if (cached) {
        return cached;
      }
      const lease = await this.leases.acquire(`fetch.${picture.image_id}`);
      if (lease) {
        return await this.download(picture).finally(() => lease.release());
      }
      await pause(POLL_MS);
    } while (performance.now() < deadline);
    throw new FacetError('unavailable', 'The picture to start from is still being fetched.', { retryable: true });
  }

  private async download({
    image_id,
    generated_image_url: url,
    generated_image_path: path,
  }: QueryRequest<'media.fetch'>): Promise<BlobRef> {
    // brought by another replica between the look and the lease
    const cached = await this.blobs.findPicture(resultBlobName(image_id));
    if (cached) {
      return cached;
    }
    const picture = await this.assets.read({ url, path });
    if (!picture) {
      throw new FacetError('storage_failed', 'The picture to start from is no longer in the store.');
    }
    const { bytes, ...facts } = picture;
    this.logger.log({ msg: 'parent read back from the store', bytes: bytes.length });
    return this.blobs.putPicture(resultBlobName(image_id), bytes, facts);
  }
}
