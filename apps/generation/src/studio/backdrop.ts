import type { Rgb } from './colour-space';
import { blend, css, drawn } from './drawing';
import { pipeline, type Raster } from './raster';

/** Two tones of a painted backdrop. */
export interface Palette {
  light: Rgb;
  deep: Rgb;
}

/** Warm stone: every metal stands out from it, and no stone takes its hue. */
export const STONE: Palette = { light: [244, 238, 230], deep: [214, 203, 190] };

/** How much of a picture's own colour a palette keeps; the rest is stone, so that no backdrop shouts. */
const TINT = 0.45;

const meanColour = async (raster: Raster): Promise<Rgb> => {
  const { data } = await pipeline(raster).resize(1, 1, { fit: 'fill', kernel: 'linear' }).raw().toBuffer({ resolveWithObject: true });
  return [data[0] ?? 0, data[1] ?? 0, data[2] ?? 0];
};

/** A quiet palette in the mood of a picture. */
export const paletteOf = async (raster: Raster): Promise<Palette> => {
  const mean = await meanColour(raster);
  return { light: blend(STONE.light, blend(mean, [255, 255, 255], 0.55), TINT), deep: blend(STONE.deep, mean, TINT) };
};

/** A painted wall with a niche, lit from the upper left; `width` x `height` px. Drawn shapes only, since text needs fonts. */
export const niche = (width: number, height: number, palette: Palette): Promise<Raster> => {
  const archWidth = width * 0.8;
  const left = (width - archWidth) / 2;
  const spring = height * 0.08 + archWidth / 2;
  const arch = `M${left} ${height} V${spring} A${archWidth / 2} ${archWidth / 2} 0 0 1 ${left + archWidth} ${spring} V${height} Z`;
  return drawn(
    width,
    height,
    `<defs>
      <linearGradient id="wall" x1="0" y1="0" x2="0.35" y2="1"><stop offset="0" stop-color="${css(palette.light)}"/>
        <stop offset="1" stop-color="${css(palette.deep)}"/></linearGradient>
      <linearGradient id="niche" x1="0" y1="0" x2="0.2" y2="1"><stop offset="0" stop-color="${css(blend(palette.deep, [0, 0, 0], 0.05))}"/>
        <stop offset="1" stop-color="${css(blend(palette.light, [255, 255, 255], 0.35))}"/></linearGradient>
      <radialGradient id="light" cx="0.45" cy="0.48" r="0.5"><stop offset="0" stop-color="#fff" stop-opacity="0.5"/>
        <stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient>
    </defs>
    <rect width="100%" height="100%" fill="url(#wall)"/><path d="${arch}" fill="url(#niche)"/><rect width="100%" height="100%" fill="url(#light)"/>`,
  );
};

/** A plain wall with light falling off downwards. */
export const wall = (width: number, height: number, palette: Palette): Promise<Raster> =>
  drawn(
    width,
    height,
    `<defs><linearGradient id="wall" x1="0" y1="0" x2="0.3" y2="1"><stop offset="0" stop-color="${css(palette.light)}"/>
      <stop offset="1" stop-color="${css(palette.deep)}"/></linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#wall)"/>`,
  );
