import { regionsOf, type Region } from '../regions';
import { foreignness, relative } from './features';
import type { FirstLook } from './first-look';
import { localGround } from './local-ground';

/** Regions below this share of the picture are dust, grain or JPEG noise; so are those below a share of the largest. */
const SPECK = 0.0004;
const SPECK_OF_LARGEST = 0.015;
/** px of the small raster: smaller holes are noise. */
const PINHOLE = 4;
/** Spreads from which a hole's pixel is no ground. */
const FOREIGN = 6;
/** Holes below this share of the picture that glitter are clear stones: they show the ground, but facet by facet. */
const STONE = 0.006;
/** Spreads from which a facet's colour is not quite the ground's, and how much more (`texture`'s measure) a clear stone varies. */
const TINTED = 2.5;
const GLITTER = 10;

/** Holes above this share of the picture are a ring's inside, whatever they show. */
const OPENING = 0.015;

/** Outlines below this share of a piece's sharpness are those of shadows and of blurred backdrops. */
const SOFT = 0.6;

const meanOf = (plane: Float32Array, pixels: number[]): number =>
  pixels.reduce((sum, at) => sum + (plane[at] ?? 0), 0) / Math.max(1, pixels.length);

/** Drops what is too small, too thin or too soft for a piece, and fills holes that are unlike the ground around. In place. */
export const tidy = (mask: Uint8Array, { lab, variation, focus, sharp, spread }: FirstLook): void => {
  const { width, height } = lab;
  const pieces = regionsOf(mask, width, height, 1);
  const largest = pieces.reduce((most, region) => Math.max(most, region.area), 0);
  for (const region of pieces) {
    const speck = region.area < Math.max(SPECK * mask.length, SPECK_OF_LARGEST * largest);
    const outline = outlineOf(region, mask, width, height);
    const needed = outline.reduce((sum, at) => sum + (sharp[Math.floor(at / width)] ?? 0), 0) / Math.max(1, outline.length);
    const soft = meanOf(focus, outline) < SOFT * needed;
    if (speck || soft || isScratch(region, mask, width, height)) for (const at of region.pixels) mask[at] = 0;
  }
  const grounds = regionsOf(mask, width, height, 0);
  const holes = grounds.filter(({ touchesFrame }) => !touchesFrame);
  if (holes.length === 0) return;
  const outside = new Uint8Array(mask.length);
  for (const region of grounds) if (region.touchesFrame) for (const at of region.pixels) outside[at] = 1;
  const different = relative(lab, localGround(lab, outside), variation);
  const foreign = foreignness(different, spread);
  let usual = 0;
  let outsiders = 0;
  for (let at = 0; at < mask.length; at += 5) {
    if (!outside[at]) continue;
    usual += variation[at] ?? 0;
    outsiders++;
  }
  usual /= Math.max(1, outsiders);
  for (const hole of holes) {
    const inside = innerPixels(hole, mask, width, 1);
    const strangers = inside.filter((at) => (foreign[at] ?? 0) > FOREIGN).length / Math.max(1, inside.length);
    const core = innerPixels(hole, mask, width, 2);
    const tinted = inside.filter((at) => (foreign[at] ?? 0) > TINTED).length / Math.max(1, inside.length);
    const glitter = tinted > 0.2 && core.length > 0 && hole.area < STONE * mask.length && meanOf(variation, core) > usual + GLITTER;
    const unlike = inside.length > 0 && strangers > 0.6 && hole.area < OPENING * mask.length;
    if (hole.area < PINHOLE || unlike || glitter) for (const at of hole.pixels) mask[at] = 1;
  }
};

/** A hole's pixels that are more than `depth` px from the piece, along rows and columns. */
const innerPixels = ({ pixels }: Region, mask: Uint8Array, width: number, depth: number): number[] =>
  pixels.filter((at) => {
    for (let step = 1; step <= depth; step++) {
      if (mask[at - step] || mask[at + step] || mask[at - step * width] || mask[at + step * width]) return false;
    }
    return true;
  });

const outlineOf = ({ pixels }: Region, mask: Uint8Array, width: number, height: number): number[] =>
  pixels.filter((at) => {
    const x = at % width;
    return (
      (x > 0 && !mask[at - 1]) ||
      (x < width - 1 && !mask[at + 1]) ||
      (at >= width && !mask[at - width]) ||
      (at < width * (height - 1) && !mask[at + width])
    );
  });

/** True for a region that is nowhere 3 px wide: the gap between two boards, a vein, a hair. */
const isScratch = (region: Region, mask: Uint8Array, width: number, height: number): boolean =>
  !region.pixels.some((at) => {
    const x = at % width;
    const y = (at - x) / width;
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) return false;
    for (let dy = -width; dy <= width; dy += width) {
      if (!mask[at + dy - 1] || !mask[at + dy] || !mask[at + dy + 1]) return false;
    }
    return true;
  });
