import { boxBlur } from '../box-blur';
import { labOf } from '../colour-space';
import type { OpenCv } from '../opencv';
import type { Raster } from '../raster';
import { FEATURES, writeAbsolute, writeRelative } from './features';
import { logDensity } from './gaussian-mixture';
import { groundDensity } from './ground-density';
import { morphed } from './morphology';
import type { Decision } from './decide';

/** px of the small raster that the decided outline may be off. */
const REACH = 2;
/** log odds that a full-size pixel's own colours may give. */
const MOST = 5;
/** Weight of the small decision's odds among them. */
const PRIOR = 0.5;
/** log odds from which coverage is whole. */
const SETTLED = 3;

/** Part of a photo: left, top (px), and the raster. */
export interface Window {
  left: number;
  top: number;
  raster: Raster;
}

/**
 * The piece's coverage (0..1) of each pixel of a window of the photo: far from the decided outline as decided, near it by
 * the pixel's own colour, with the mixtures that made the decision.
 */
export const refine = (
  cv: OpenCv,
  { left, top, raster }: Window,
  fullWidth: number,
  fullHeight: number,
  decision: Decision,
): Float32Array => {
  const { odds, lab, local, variation } = decision;
  const across = lab.width / fullWidth;
  const down = lab.height / fullHeight;
  const mask = new Uint8Array(odds.map((value) => (value > 0 ? 1 : 0)));
  const most = morphed(cv, 'dilate', mask, lab, REACH);
  const least = morphed(cv, 'erode', mask, lab, REACH);
  const { width, height, data, channels } = raster;
  const share = new Float32Array(width * height);
  const own = new Float32Array(FEATURES);
  const different = new Float32Array(FEATURES);
  for (let y = 0; y < height; y++) {
    const fromY = Math.max(0, Math.min(lab.height - 1, (top + y + 0.5) * down - 0.5));
    const upper = Math.floor(fromY) * lab.width;
    const lower = Math.min(lab.height - 1, Math.floor(fromY) + 1) * lab.width;
    const shareY = fromY - Math.floor(fromY);
    const nearestY = Math.min(lab.height - 1, Math.floor((top + y + 0.5) * down)) * lab.width;
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const nearest = nearestY + Math.min(lab.width - 1, Math.floor((left + x + 0.5) * across));
      if (!most[nearest]) {
        share[at] = -MOST;
        continue;
      }
      if (least[nearest]) {
        share[at] = MOST;
        continue;
      }
      const fromX = Math.max(0, Math.min(lab.width - 1, (left + x + 0.5) * across - 0.5));
      const before = Math.floor(fromX);
      const after = Math.min(lab.width - 1, before + 1);
      const shareX = fromX - before;
      const between = (plane: Float32Array): number =>
        ((plane[upper + before] ?? 0) * (1 - shareX) + (plane[upper + after] ?? 0) * shareX) * (1 - shareY) +
        ((plane[lower + before] ?? 0) * (1 - shareX) + (plane[lower + after] ?? 0) * shareX) * shareY;
      const [l, a, b] = labOf([data[at * channels] ?? 0, data[at * channels + 1] ?? 0, data[at * channels + 2] ?? 0]);
      const rough = between(variation);
      writeAbsolute(own, 0, l, a, b, rough);
      const latitude = writeRelative(different, 0, l, a, b, between(local.l), between(local.a), between(local.b), rough);
      const ratio = logDensity(decision.piece, own, 0) - groundDensity(decision.ground, different, 0, latitude);
      share[at] = Math.max(-MOST, Math.min(MOST, Math.max(-MOST, Math.min(MOST, ratio)) + PRIOR * between(odds)));
    }
  }
  const smooth = boxBlur(share, width, height, 1);
  for (let at = 0; at < smooth.length; at++) smooth[at] = Math.max(0, Math.min(1, 0.5 + (smooth[at] ?? 0) / (2 * SETTLED)));
  return smooth;
};
