import { regionsOf, type Region } from '../regions';
import type { FirstLook } from './first-look';
import { fillHoles } from './holes';
import { LEAST_SHARP } from './sharpness';

/** Regions below this share of the picture are dust, grain or JPEG noise; so are those below a share of the largest. */
const SPECK = 0.0004;
const SPECK_OF_LARGEST = 0.015;
/** Outlines below this share of a piece's sharpness are those of shadows and of blurred backdrops. */
const SOFT = 0.6;

const meanOf = (plane: Float32Array, pixels: Int32Array): number =>
  pixels.reduce((sum, at) => sum + (plane[at] ?? 0), 0) / Math.max(1, pixels.length);

/** Drops what is too small, too thin or too soft for a piece, and fills holes that are unlike the ground around. In place. */
export const tidy = (mask: Uint8Array, look: FirstLook): void => {
  const { lab, focus, sharp } = look;
  const { width, height } = lab;
  const pieces = regionsOf(mask, width, height, 1);
  const largest = pieces.reduce((most, region) => Math.max(most, region.area), 0);
  const least = Math.max(SPECK * mask.length, SPECK_OF_LARGEST * largest);
  const drop = ({ pixels }: Region): void => pixels.forEach((at) => (mask[at] = 0));
  const isPiece = (region: Region): boolean => region.area >= least && !isScratch(region, mask, width, height);
  const outlines = pieces.filter(isPiece).map((region) => {
    const outline = outlineOf(region, mask, width, height);
    const needed = outline.reduce((sum, at) => sum + (sharp[Math.floor(at / width)] ?? 0), 0) / Math.max(1, outline.length);
    return { region, needed, sharpness: meanOf(focus, outline) };
  });
  // on a coarse weave no piece is sharper than the ground: there it is enough to be as sharp as the sharpest piece
  const sharpest = outlines.reduce((most, { sharpness }) => Math.max(most, sharpness), LEAST_SHARP);
  pieces.filter((region) => !isPiece(region)).forEach(drop);
  for (const { region, needed, sharpness } of outlines) if (sharpness < SOFT * Math.min(needed, sharpest)) drop(region);
  fillHoles(mask, look);
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
