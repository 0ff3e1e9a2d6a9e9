import type { Asset, BlobRef, ImageGenerated } from '@facet/contracts';
import type { AssetName } from '../assets/asset-store';

/** A picture that belongs to one job: where its bytes are, and what it is called at the asset store. */
export interface OwnAsset {
  name: AssetName;
  blob: BlobRef;
}

/** An upload of the job, in the role it plays. */
interface OwnUpload extends OwnAsset {
  role: Asset['role'];
}

/**
 * What a job puts into the asset store: its result, and its uploads. A regeneration has no uploads of its own; those of
 * the chain's first picture, which it keeps, belong to that one.
 */
export function ownAssetsOf({ image_id, user_id, parent, inputs, result }: ImageGenerated): { result: OwnAsset; uploads: OwnUpload[] } {
  const own = (name: string, blob: BlobRef): OwnAsset => ({ name: { userId: user_id, name, mime: blob.mime }, blob });
  const counters = new Map<string, number>();
  const uploads = (parent ? [] : inputs).map(({ role, blob }) => {
    const n = counters.get(role) ?? 0;
    counters.set(role, n + 1);
    return { role, ...own(`${image_id}-${role}-${n}`, blob) };
  });
  return { result: own(image_id, result), uploads };
}
