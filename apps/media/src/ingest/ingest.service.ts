import { Logger } from '@nestjs/common';
import type { BlobRef, IngestRequest } from '@facet/contracts';
import type { BlobStore } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import pLimit from 'p-limit';
import { makeSafe } from './safe-picture';

/** Makes uploads safe before anything else sees them. */
export class IngestService {
  private readonly logger = new Logger(IngestService.name);
  private readonly limit: ReturnType<typeof pLimit>;

  /**
   * @param concurrency uploads decoded at once
   * @param maxPixels largest picture that is decoded
   */
  constructor(
    private readonly blobs: BlobStore,
    concurrency: number,
    private readonly maxPixels: number,
  ) {
    this.limit = pLimit(concurrency);
  }

  /** Turns a raw blob into a safe one, and deletes the raw one, unless asking again may help. */
  async ingest({ raw, safe }: IngestRequest): Promise<BlobRef> {
    try {
      const blob = await this.limit(() => this.rewrite(raw, safe));
      await this.discard(raw);
      return blob;
    } catch (error) {
      if (!FacetError.from(error).retryable) {
        await this.discard(raw);
      }
      throw error;
    }
  }

  /** What is left behind by a failure here is gone within a day. */
  private async discard(raw: string): Promise<void> {
    await this.blobs.delete(raw).catch((error: unknown) => {
      this.logger.warn({ msg: 'raw upload not deleted', err: error });
    });
  }

  private async rewrite(raw: string, safe: string): Promise<BlobRef> {
    const upload = await this.blobs.get(raw);
    if (!upload) {
      throw new FacetError('unavailable', 'The upload is no longer there; please send it again.', { retryable: true });
    }
    const { bytes, ...facts } = await makeSafe(upload, this.maxPixels);
    const blob = await this.blobs.putPicture(safe, bytes, facts);
    this.logger.log({
      msg: 'upload made safe',
      bytes_in: upload.length,
      bytes_out: blob.bytes,
      width: blob.width,
      height: blob.height,
    });
    return blob;
  }
}
