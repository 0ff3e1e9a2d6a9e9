import { FacetError } from '@facet/platform';
import type sharp from 'sharp';
import { decoderOf, mimeOf, type PictureFacts } from '../pictures/picture-decoder';

/** A picture that was decoded and written anew: right way up, without any metadata. */
export interface SafePicture extends PictureFacts {
  bytes: Buffer;
}

const LIBVIPS_TOO_LARGE = /pixel limit|too large|exceeds/i;

/**
 * Decodes an upload with limits, applies its orientation, drops all metadata (also where the picture was taken), and
 * writes it anew in its own format at a quality that a further step does not show.
 *
 * @param maxPixels width × height that is still decoded
 * @throws FacetError `unsupported_image` for what is not a whole JPEG, PNG or WebP; `upload_too_large` above the limit
 */
export async function makeSafe(upload: Buffer, maxPixels: number): Promise<SafePicture> {
  try {
    const picture = decoderOf(upload, maxPixels);
    const { format, chromaSubsampling } = await picture.metadata();
    const upright = picture.autoOrient().toColourspace('srgb');
    const { data, info } = await encode(upright, format, chromaSubsampling).toBuffer({ resolveWithObject: true });
    return { bytes: data, mime: mimeOf(info.format), width: info.width, height: info.height };
  } catch (cause) {
    if (cause instanceof FacetError) {
      throw cause;
    }
    if (cause instanceof Error && LIBVIPS_TOO_LARGE.test(cause.message)) {
      throw new FacetError('upload_too_large', `The picture has more than ${maxPixels / 1e6} megapixels.`, { cause });
    }
    throw new FacetError('unsupported_image', 'The file is not a whole JPEG, PNG or WebP picture.', { cause });
  }
}

/** Colour is kept as finely as it came: more would be bytes without detail. */
function encode(picture: sharp.Sharp, format: string, chroma: string | undefined): sharp.Sharp {
  switch (format) {
    case 'jpeg':
      return picture.jpeg({ quality: 95, chromaSubsampling: chroma === '4:2:0' ? '4:2:0' : '4:4:4' });
    case 'png':
      return picture.png({ compressionLevel: 6 });
    case 'webp':
      return picture.webp({ quality: 95, effort: 2 });
    default:
      throw new FacetError('unsupported_image', 'Only JPEG, PNG and WebP pictures can be used.');
  }
}
