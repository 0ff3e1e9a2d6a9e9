import type { ImageMime } from '@facet/contracts';
import sharp from 'sharp';

// Only these three formats are ever decoded, whatever a file's name or header says: every other loader of libvips
// (SVG, PDF, TIFF, ...) is closed for this process.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'] });
// pictures come once: a cache would only hold memory
sharp.cache(false);
// one core a picture; several pictures at a time share the cores better
sharp.concurrency(1);

/** What a picture is. */
export interface PictureFacts {
  mime: ImageMime;
  /** px */
  width: number;
  /** px */
  height: number;
}

/**
 * A decoder that trusts nobody: the first frame only, no exotic channels, and nothing that is not whole.
 *
 * @param maxPixels width × height that is still decoded
 */
export const decoderOf = (bytes: Buffer, maxPixels: number): sharp.Sharp =>
  sharp(bytes, { limitInputPixels: maxPixels, limitInputChannels: 5, pages: 1, failOn: 'error' });

/** `format` is one of the three that are decoded at all. */
export const mimeOf = (format: string): ImageMime => (format === 'png' ? 'image/png' : format === 'webp' ? 'image/webp' : 'image/jpeg');

/**
 * Decodes a picture to its last row and tells what it is.
 *
 * @throws Error of sharp for what is not a whole JPEG, PNG or WebP
 */
export async function factsOf(bytes: Buffer, maxPixels: number): Promise<PictureFacts> {
  const { format, width, height } = await decoderOf(bytes, maxPixels).metadata();
  // one channel: a third of the memory for something that is thrown away
  await decoderOf(bytes, maxPixels).toColourspace('b-w').raw().toBuffer();
  return { mime: mimeOf(format), width, height };
}
