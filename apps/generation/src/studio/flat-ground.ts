import type { Rgb } from './colour-space';
import type { Raster } from './raster';

/** Levels (0..255) that an even ground may differ by, JPEG noise included. */
const EVEN = 4;
/** Levels from the ground's colour at which a pixel is all piece. */
const APART = 24;
/** Level of the darkest channel from which an even ground counts as white: shops ask for 250 and more, and a shadow is next to nothing there. */
const WHITE = 250;
/** Share of the frame that must be of the one colour: a chain may leave the picture. */
const FRAME_SHARE = 0.8;

const distance = (data: Uint8Array, at: number, colour: Rgb): number =>
  Math.max(Math.abs((data[at] ?? 0) - colour[0]), Math.abs((data[at + 1] ?? 0) - colour[1]), Math.abs((data[at + 2] ?? 0) - colour[2]));

const frameOf = function* (width: number, height: number): Generator<number> {
  for (let x = 0; x < width; x++) yield x;
  for (let y = 1; y < height - 1; y++) {
    yield y * width;
    yield y * width + width - 1;
  }
  for (let x = 0; x < width; x++) yield (height - 1) * width + x;
};

export const isWhite = (ground: Rgb): boolean => Math.min(...ground) >= WHITE;

/**
 * The colour of an even ground, such as the studio's own white; null when the ground is anything else. It is the median of the picture's
 * frame: a chain, or its shadow, may lie in any corner.
 */
export const evenGroundOf = ({ data, width, height, channels }: Raster): Rgb | null => {
  const frame = [...frameOf(width, height)];
  const median = (channel: number): number => {
    const levels = Uint8Array.from(frame, (pixel) => data[pixel * channels + channel] ?? 0).sort();
    return levels[levels.length >> 1] ?? 0;
  };
  const colour: Rgb = [median(0), median(1), median(2)];
  const even = frame.filter((pixel) => distance(data, pixel * channels, colour) <= EVEN).length;
  return even < FRAME_SHARE * frame.length ? null : colour;
};

/** Where the piece is on an even ground, 0..255 per pixel. Cheap: no search for an outline is needed. */
export const coverageOn = (ground: Rgb, { data, width, height, channels }: Raster): Uint8Array => {
  const coverage = new Uint8Array(width * height);
  for (let pixel = 0; pixel < coverage.length; pixel++) {
    const apart = (distance(data, pixel * channels, ground) - EVEN) / (APART - EVEN);
    coverage[pixel] = Math.round(255 * Math.max(0, Math.min(1, apart)));
  }
  return coverage;
};
