import { Injectable, Logger } from '@nestjs/common';
import { resultBlobName, type BlobRef, type QueryRequest } from '@facet/contracts';
import { BlobStore } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import sharp from 'sharp';
import { AssetStore } from '../assets/asset-store';

const MIMES = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' } as const;

/** Finds the bytes of finished pictures, for regenerations. */
@Injectable()
export class FetchingService {
  private readonly logger = new Logger(FetchingService.name);
  private readonly downloads = new Map<string, Promise<BlobRef>>();

  constructor(
    private readonly blobs: BlobStore,
    private readonly assets: AssetStore,
  ) {}

  /** The picture as a blob: the one still there from its making, else read back from the asset store, once at a time. */
  async fetch(picture: QueryRequest<'media.fetch'>): Promise<BlobRef> {
    const cached = await this.blobs.findPicture(resultBlobName(picture.image_id));
    if (cached) {
      return cached;
    }
    const running = this.downloads.get(picture.image_id);
    if (running) {
      return running;
    }
    const download = this.download(picture).finally(() => this.downloads.delete(picture.image_id));
    this.downloads.set(picture.image_id, download);
    return download;
  }

  private async download({
    image_id,
    generated_image_url: url,
    generated_image_path: path,
  }: QueryRequest<'media.fetch'>): Promise<BlobRef> {
    const bytes = await this.assets.fetch({ url, path });
    if (!bytes) {
      throw new FacetError('storage_failed', 'The picture to start from is no longer in the store.');
    }
    const { format, width, height } = await sharp(bytes).metadata();
    const mime = MIMES[format as keyof typeof MIMES] as (typeof MIMES)[keyof typeof MIMES] | undefined;
    if (!mime) {
      throw new FacetError('storage_failed', 'The stored picture to start from is not a picture.');
    }
    this.logger.log({ msg: 'parent read back from the store', bytes: bytes.length });
    return this.blobs.putPicture(resultBlobName(image_id), bytes, { mime, width, height });
  }
}
