import sharp from 'sharp';
import type { Rgb } from './colour-space';
import { finish, type Raster } from './raster';

/** A colour as SVG writes it. */
export const css = ([red, green, blue]: Rgb): string => `rgb(${red},${green},${blue})`;

/** `share` of the other colour in the one. */
export const blend = (one: Rgb, other: Rgb, share: number): Rgb => [
  mix(one[0], other[0], share),
  mix(one[1], other[1], share),
  mix(one[2], other[2], share),
];

const mix = (one: number, other: number, share: number): number => Math.round(one * (1 - share) + other * share);

/** Draws SVG shapes (no text, which would need installed fonts) on white; 3 channels. */
export const drawn = (width: number, height: number, shapes: string): Promise<Raster> =>
  finish(
    sharp(documentOf(width, height, shapes))
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .removeAlpha(),
  );

/** Draws SVG shapes over a picture. */
export const drawnOver = async (picture: Raster, shapes: string): Promise<Raster> => {
  const { data, width, height, channels } = picture;
  return finish(
    sharp(data, { raw: { width, height, channels } })
      .composite([{ input: documentOf(width, height, shapes), left: 0, top: 0 }])
      .removeAlpha(),
  );
};

const documentOf = (width: number, height: number, shapes: string): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${shapes}</svg>`,
  );
