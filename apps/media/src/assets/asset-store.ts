import type { ImageMime } from '@facet/contracts';
import type { ReadinessFacts } from '@facet/platform';

/** A picture to be kept for good. */
export interface AssetToStore {
  userId: string;
  /** unique within the user: the image id, for an upload with role and number behind it */
  name: string;
  mime: ImageMime;
  bytes: Buffer;
}

/** Where an asset is. */
export interface StoredAsset {
  /** what a client opens: absolute, or root-relative when this deployment serves it itself */
  url: string;
  /** the store's own name for it */
  path: string;
}

/**
 * Port: keeps finished pictures and their uploads. Adapters: NATS object store, Cloudinary.
 *
 * Errors: `storage_failed`, retryable or not.
 */
export abstract class AssetStore {
  /** Storing the same name again replaces the asset: twice is one. */
  abstract store(asset: AssetToStore): Promise<StoredAsset>;

  /** The bytes, or `null` when the asset is not there. */
  abstract fetch(asset: StoredAsset): Promise<Buffer | null>;

  /** Rejects when the store does not answer. */
  abstract check(): Promise<ReadinessFacts>;
}
