import { decoderOf } from '../pictures/picture-decoder';

/** Largest picture that is decoded here, in pixels: what comes has been decoded with limits before. */
const MAX_PIXELS = 100_000_000;

/** Tried in turn; the last fits any picture of a camera. Long side in px. */
const STEPS = [
  { quality: 92, side: 16_000 },
  { quality: 82, side: 6_000 },
  { quality: 80, side: 4_000 },
] as const;

/**
 * A picture within a store's limit: as it is when it fits, else as WebP, first at a quality that shows no difference.
 *
 * @param most bytes
 */
export async function fitBytes(bytes: Buffer, most: number): Promise<Buffer> {
  let fitted = bytes;
  for (const { quality, side } of STEPS) {
    if (fitted.length <= most) {
      break;
    }
    fitted = await decoderOf(bytes, MAX_PIXELS)
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality, effort: 2 })
      .toBuffer();
  }
  return fitted;
}
