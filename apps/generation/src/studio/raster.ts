import type { ImageMime } from '@facet/contracts';
import sharp from 'sharp';

/** Pixels in rows from the top left, 8 bits a channel, sRGB, no padding. Alpha is not premultiplied. */
export interface Raster {
  data: Uint8Array;
  /** px */
  width: number;
  /** px */
  height: number;
  channels: 3 | 4;
}

/** A finished file. */
export interface EncodedPicture {
  bytes: Uint8Array;
  mime: ImageMime;
  /** px */
  width: number;
  /** px */
  height: number;
}

/** px. A longer photo is worked on at this size, so that a worker stays below 400 MB whatever comes in. */
export const LONGEST_SIDE = 2400;

/** Uploads were made safe by media; the limits are held here as well, since this is where pixels are unpacked. */
export const INPUT_LIMITS = { limitInputPixels: 40e6, limitInputChannels: 5, pages: 1 } as const;

const rasterOf = ({ data, info }: { data: Buffer; info: sharp.OutputInfo }): Raster => ({
  data,
  width: info.width,
  height: info.height,
  channels: info.channels === 4 ? 4 : 3,
});

/** A sharp pipeline that starts from a raster. */
export const pipeline = (raster: Raster): sharp.Sharp =>
  sharp(raster.data, { raw: { width: raster.width, height: raster.height, channels: raster.channels } });

/** Opens a picture upright, in sRGB, at most `longestSide` px; transparent parts come out white. Errors: those of sharp. */
export const decode = async (bytes: Uint8Array, longestSide = LONGEST_SIDE): Promise<Raster> =>
  rasterOf(
    await sharp(bytes, INPUT_LIMITS)
      .autoOrient()
      .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .flatten({ background: '#ffffff' })
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true }),
  );

/** Resizes so that width x height px are covered, the middle kept. */
export const resizeCover = async (raster: Raster, width: number, height: number): Promise<Raster> =>
  rasterOf(await pipeline(raster).resize(width, height, { fit: 'cover' }).raw().toBuffer({ resolveWithObject: true }));

/** Resizes without keeping proportions: callers compute both sides. */
export const resizeTo = async (raster: Raster, width: number, height: number): Promise<Raster> =>
  rasterOf(await pipeline(raster).resize(width, height, { fit: 'fill' }).raw().toBuffer({ resolveWithObject: true }));

/** One plane (8 bits a pixel) after a pipeline of sharp's. */
export const changedPlane = async (
  plane: Uint8Array,
  { width, height }: Pick<Raster, 'width' | 'height'>,
  change: (work: sharp.Sharp) => sharp.Sharp,
): Promise<Uint8Array> =>
  change(sharp(plane, { raw: { width, height, channels: 1 } }))
    .toColourspace('b-w')
    .raw()
    .toBuffer();

/** One plane (8 bits a pixel) blurred by a Gaussian of `sigma` px. */
export const blurred = (plane: Uint8Array, width: number, height: number, sigma: number): Promise<Uint8Array> =>
  changedPlane(plane, { width, height }, (work) => work.blur(sigma));

/** The raster after a pipeline of sharp's; opaque pipelines give 3 channels. */
export const finish = async (work: sharp.Sharp): Promise<Raster> => rasterOf(await work.raw().toBuffer({ resolveWithObject: true }));

/** Opacity of each pixel of a 4-channel raster. */
export const alphaOf = ({ data, width, height }: Raster): Uint8Array => {
  const alpha = new Uint8Array(width * height);
  for (let at = 0; at < alpha.length; at++) alpha[at] = data[4 * at + 3] ?? 255;
  return alpha;
};

/** A raster of one colour. */
export const filled = (width: number, height: number, [red, green, blue]: readonly [number, number, number]): Raster => {
  const data = new Uint8Array(width * height * 3);
  for (let at = 0; at < data.length; at += 3) {
    data[at] = red;
    data[at + 1] = green;
    data[at + 2] = blue;
  }
  return { data, width, height, channels: 3 };
};

/**
 * Writes the file. PNG, because the file is also the working copy of the next regeneration: a chain of any length
 * decodes to the same pixels, where ten JPEG saves in a row would show. What that needs beside the pixels goes into `xmp`.
 */
export const encode = async (raster: Raster, xmp?: string): Promise<EncodedPicture> => {
  const written = pipeline(raster).png({ compressionLevel: 3, adaptiveFiltering: true });
  const bytes = await (xmp === undefined ? written : written.withXmp(xmp)).toBuffer();
  return { bytes, mime: 'image/png', width: raster.width, height: raster.height };
};
