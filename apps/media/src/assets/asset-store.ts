import type { ImageMime } from '@facet/contracts';
import { FacetError, type ReadinessFacts } from '@facet/platform';

/** What an asset is known by before it is stored. */
export interface AssetName {
  userId: string;
  /** unique within the user: the image id, for an upload with role and number behind it */
  name: string;
  mime: ImageMime;
}

/** A picture to be kept for good. */
export interface AssetToStore extends AssetName {
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
 * Errors: `storage_failed`, retryable when waiting may help. `details.variable` names the setting that has to be mended.
 */
export abstract class AssetStore {
  /** Storing the same name again replaces the asset: twice is one. */
  abstract store(asset: AssetToStore): Promise<StoredAsset>;

  /** The bytes, as they came, or `null` when the asset is not there. Refuses what is not of this store. */
  abstract fetch(asset: StoredAsset): Promise<Buffer | null>;

  /** Removing what is not there is no error. */
  abstract remove(asset: AssetName): Promise<void>;

  /** Destroys a stored asset by what it was stored as, and what is known of it. Destroying what is not there is no error; refuses what is not of this store. */
  abstract destroy(asset: StoredAsset): Promise<void>;

  /** Whether the store itself has refused a call that failed so, and is not at it any more. What the store does not tell is a no. */
  hasRefused(_failure: unknown): boolean {
    return false;
  }

  /** Resolves when the store can be worked with, now or later; rejects when a person has to mend something first. */
  abstract check(): Promise<ReadinessFacts>;
}

/**
 * The error of an asset that is not read, for good.
 *
 * @param reason for the log; no address
 */
export const refusedAsset = (reason: string, cause?: unknown): FacetError =>
  new FacetError('storage_failed', 'The stored picture cannot be used.', { details: { reason }, cause });
