import type { LabPlanes } from '../colour-space';
import { meanOf } from '../evidence';
import { regionsOf, type Region } from '../regions';
import type { FirstLook } from './first-look';
import { fillHoles } from './holes';
import { LEAST_SHARP } from './sharpness';

/** Regions below this share of the picture are dust, grain or JPEG noise; so are those below a share of the largest. */
const SPECK = 0.0004;
const SPECK_OF_LARGEST = 0.015;
/** Outlines below this share of a piece's sharpness are those of shadows and of blurred backdrops. */
const SOFT = 0.6;

/** Drops what is too small, too thin or too soft for a piece, and fills holes that are unlike the ground around. In place. */
export const tidy = (mask: Uint8Array, look: FirstLook): void => {
  const { lab, focus, sharp } = look;
  const { width, height } = lab;
  const outlines = dropDust(mask, lab).map((region) => {
    const outline = outlineOf(region, mask, width, height);
    const needed = outline.reduce((sum, at) => sum + (sharp[Math.floor(at / width)] ?? 0), 0) / Math.max(1, outline.length);
    return { region, needed, sharpness: meanOf(focus, outline) };
  });
  // on a coarse weave no piece is sharper than the ground: there it is enough to be as sharp as the sharpest piece
  const sharpest = outlines.reduce((most, { sharpness }) => Math.max(most, sharpness), LEAST_SHARP);
  for (const { region, needed, sharpness } of outlines) if (sharpness < SOFT * Math.min(needed, sharpest)) drop(mask, region);
  fillHoles(mask, look);
};

/** Drops what is too small or too thin for a piece. In place. @returns what is left */
export const dropDust = (mask: Uint8Array, { width, height }: Pick<LabPlanes, 'width' | 'height'>): Region[] => {
  const regions = regionsOf(mask, width, height, 1);
  const largest = regions.reduce((most, region) => Math.max(most, region.area), 0);
  const least = Math.max(SPECK * mask.length, SPECK_OF_LARGEST * largest);
  const isPiece = (region: Region): boolean => region.area >= least && !isScratch(region, mask, width, height);
  const pieces = regions.filter(isPiece);
  for (const region of regions) if (!pieces.includes(region)) drop(mask, region);
  return pieces;
};

const drop = (mask: Uint8Array, { pixels }: Region): void => {
  for (const at of pixels) mask[at] = 0;
};

const outlineOf = ({ pixels }: Region, mask: Uint8Array, width: number, height: number): Int32Array =>
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
