import { Logger } from '@nestjs/common';
import { FacetError } from '@facet/platform';
import { factsOf, type PictureFacts } from '../pictures/picture-decoder';
import { type AssetStore, refusedAsset, type StoredAsset } from './asset-store';
import { LocalStore } from './local-store';

/** Largest stored picture that is decoded, in pixels: four times what an image model makes. */
const MAX_PIXELS = 100_000_000;

/** A stored picture that was read back. */
export interface ReadPicture extends PictureFacts {
  bytes: Buffer;
}

/**
 * Reads stored pictures back, wherever they were stored: those with an address of this deployment are in NATS also when
 * new ones go to Cloudinary by now. Each store refuses what is not its own; every refusal is logged.
 */
export class AssetReader {
  private readonly logger = new Logger(AssetReader.name);

  /**
   * @param configured where new pictures are stored
   * @param local where those are that this deployment serves itself
   */
  constructor(
    private readonly configured: AssetStore,
    private readonly local: LocalStore,
  ) {}

  /**
   * The picture, decoded once to be sure that it is one, or `null` when it is not in its store.
   *
   * @throws FacetError `storage_failed`
   */
  async read(asset: StoredAsset): Promise<ReadPicture | null> {
    try {
      const store = LocalStore.serves(asset.url) ? this.local : this.configured;
      const bytes = await store.fetch(asset);
      return bytes && { bytes, ...(await decoded(bytes)) };
    } catch (error) {
      if (error instanceof FacetError && !error.retryable) {
        // of the address only the host: a query may hold a signature
        this.logger.warn({ msg: 'stored picture refused', host: hostOf(asset.url), reason: error.details['reason'] });
      }
      throw error;
    }
  }
}

async function decoded(bytes: Buffer): Promise<PictureFacts> {
  try {
    return await factsOf(bytes, MAX_PIXELS);
  } catch (cause) {
    throw refusedAsset('not a whole JPEG, PNG or WebP', cause);
  }
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : 'none');
