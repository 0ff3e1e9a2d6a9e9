import sharp from 'sharp';
import { INPUT_LIMITS, LONGEST_SIDE, type Raster } from './raster';
import { pieceIn } from './remembered-piece';

/** A finished picture to go on from: colours, and what of them is seen. */
export interface WorkingCopy {
  /** 3 channels */
  picture: Raster;
  /** 0..255 per pixel; null when all of it is opaque */
  alpha: Uint8Array | null;
  /** where the piece is, 0..255 per pixel, if the studio laid it there and remembers; null as well where `alpha` tells it */
  piece: Uint8Array | null;
}

/** Opens a picture, at most `longestSide` px. What is transparent stays so. Errors: those of sharp. */
export const openWorkingCopy = async (bytes: Uint8Array, longestSide = LONGEST_SIDE): Promise<WorkingCopy> => {
  const { data, info } = await sharp(bytes, INPUT_LIMITS)
    .autoOrient()
    .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const copy = split({ data, width: info.width, height: info.height, channels: 4 });
  if (copy.alpha) return copy;
  const { xmp } = await sharp(bytes, INPUT_LIMITS).metadata();
  return { ...copy, piece: await pieceIn(xmp, info.width, info.height) };
};

/** Colours and opacity of a 4-channel raster. */
export const split = ({ data, width, height }: Raster): WorkingCopy => {
  const colours = new Uint8Array(width * height * 3);
  const alpha = new Uint8Array(width * height);
  let opaque = true;
  for (let pixel = 0; pixel < alpha.length; pixel++) {
    for (let channel = 0; channel < 3; channel++) colours[3 * pixel + channel] = data[4 * pixel + channel] ?? 0;
    alpha[pixel] = data[4 * pixel + 3] ?? 255;
    opaque &&= alpha[pixel] === 255;
  }
  return { picture: { data: colours, width, height, channels: 3 }, alpha: opaque ? null : alpha, piece: null };
};

/** One raster of 3 channels, or of 4 where something is transparent. */
export const joined = ({ picture, alpha }: WorkingCopy): Raster => {
  if (!alpha) return picture;
  const data = new Uint8Array(alpha.length * 4);
  for (let pixel = 0; pixel < alpha.length; pixel++) {
    const seen = alpha[pixel] ?? 0;
    if (seen === 0) continue;
    for (let channel = 0; channel < 3; channel++) data[4 * pixel + channel] = picture.data[3 * pixel + channel] ?? 0;
    data[4 * pixel + 3] = seen;
  }
  return { data, width: picture.width, height: picture.height, channels: 4 };
};
