import { boxBlur } from '../box-blur';
import { labOf } from '../colour-space';
import type { OpenCv } from '../opencv';
import type { Raster } from '../raster';
import { regionsOf } from '../regions';
import { dropContactShadow, type GroundAt } from './contact';
import { FEATURES, writeAbsolute, writeRelative } from './features';
import { logDensity } from './gaussian-mixture';
import { groundDensity } from './ground-density';
import { morphed } from './morphology';
import type { Decision } from './learn';

/** px of the small raster that the decided outline may be off. */
const REACH = 2;
/** log odds that a full-size pixel's own colours may give. */
const MOST = 5;
/** Weight of the small decision's odds among them. */
const PRIOR = 0.5;
/** log odds from which coverage is whole. */
const SETTLED = 3;

/** Share of the photo below which what stands alone at full size is a crumb of ground: the small decision knows no piece as small. */
const CRUMB = 0.00005;

/** Part of a photo: left, top (px), and the raster. */
export interface Window {
  left: number;
  top: number;
  raster: Raster;
}

/** Where each pixel of a row or a column of the window lies on the small raster. */
interface Places {
  /** the small pixel that it is in */
  nearest: Int32Array;
  /** the small pixel whose middle is before it, */
  before: Int32Array;
  /** and how far (0..1) it is towards the middle of the next */
  towards: Float32Array;
}

const placesOf = (from: number, count: number, full: number, small: number): Places => {
  const places = { nearest: new Int32Array(count), before: new Int32Array(count), towards: new Float32Array(count) };
  for (let at = 0; at < count; at++) {
    const place = ((from + at + 0.5) * small) / full;
    const between = Math.max(0, Math.min(small - 1, place - 0.5));
    places.nearest[at] = Math.min(small - 1, Math.floor(place));
    places.before[at] = Math.floor(between);
    places.towards[at] = between - Math.floor(between);
  }
  return places;
};

/** Four pixels of a plane, and the weights of the right and the lower ones. */
interface Corners {
  upperLeft: number;
  upperRight: number;
  lowerLeft: number;
  lowerRight: number;
  right: number;
  low: number;
}

const between = (plane: Float32Array, { upperLeft, upperRight, lowerLeft, lowerRight, right, low }: Corners): number =>
  ((plane[upperLeft] ?? 0) * (1 - right) + (plane[upperRight] ?? 0) * right) * (1 - low) +
  ((plane[lowerLeft] ?? 0) * (1 - right) + (plane[lowerRight] ?? 0) * right) * low;

const clamped = (odds: number): number => Math.max(-MOST, Math.min(MOST, odds));

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
  const { lab } = decision;
  const mask = new Uint8Array(decision.odds.length);
  for (let at = 0; at < mask.length; at++) mask[at] = (decision.odds[at] ?? 0) > 0 ? 1 : 0;
  const most = morphed(cv, 'dilate', mask, lab, REACH);
  const least = morphed(cv, 'erode', mask, lab, REACH);
  const { width, height, data, channels } = raster;
  const across = placesOf(left, width, fullWidth, lab.width);
  const down = placesOf(top, height, fullHeight, lab.height);
  const odds = new Float32Array(width * height);
  const oddsOf = pixelOdds(decision);
  const corners: Corners = { upperLeft: 0, upperRight: 0, lowerLeft: 0, lowerRight: 0, right: 0, low: 0 };
  for (let y = 0, at = 0; y < height; y++) {
    const row = (down.nearest[y] ?? 0) * lab.width;
    const upper = (down.before[y] ?? 0) * lab.width;
    const lower = Math.min(lab.height - 1, (down.before[y] ?? 0) + 1) * lab.width;
    corners.low = down.towards[y] ?? 0;
    for (let x = 0; x < width; x++, at++) {
      const nearest = row + (across.nearest[x] ?? 0);
      if (!most[nearest] || least[nearest]) {
        odds[at] = least[nearest] ? MOST : -MOST;
        continue;
      }
      const before = across.before[x] ?? 0;
      const after = Math.min(lab.width - 1, before + 1);
      corners.upperLeft = upper + before;
      corners.upperRight = upper + after;
      corners.lowerLeft = lower + before;
      corners.lowerRight = lower + after;
      corners.right = across.towards[x] ?? 0;
      odds[at] = oddsOf(data[at * channels] ?? 0, data[at * channels + 1] ?? 0, data[at * channels + 2] ?? 0, corners);
    }
  }
  const coverage = boxBlur(odds, width, height, 1);
  const { l, a, b } = decision.local;
  const groundAt: GroundAt = (at) => {
    const nearest = (down.nearest[Math.floor(at / width)] ?? 0) * lab.width + (across.nearest[at % width] ?? 0);
    return [l[nearest] ?? 0, a[nearest] ?? 0, b[nearest] ?? 0];
  };
  for (let at = 0; at < coverage.length; at++) coverage[at] = Math.max(0, Math.min(1, 0.5 + (coverage[at] ?? 0) / (2 * SETTLED)));
  dropContactShadow(raster, coverage, groundAt, Math.max(fullWidth, fullHeight));
  dropCrumbs(coverage, width, height, CRUMB * fullWidth * fullHeight);
  return coverage;
};

/** In place. `least`: px. */
const dropCrumbs = (coverage: Float32Array, width: number, height: number, least: number): void => {
  const covered = new Uint8Array(coverage.length);
  for (let at = 0; at < covered.length; at++) covered[at] = (coverage[at] ?? 0) > 0 ? 1 : 0;
  for (const { area, pixels } of regionsOf(covered, width, height, 1)) if (area < least) for (const at of pixels) coverage[at] = 0;
};

/** log odds of a full-size pixel by its own colour and what was decided around it. */
const pixelOdds = ({ odds, piece, ground, local, variation }: Decision) => {
  const own = new Float32Array(FEATURES);
  const different = new Float32Array(FEATURES);
  return (red: number, green: number, blue: number, corners: Corners): number => {
    const [l, a, b] = labOf([red, green, blue]);
    const rough = between(variation, corners);
    writeAbsolute(own, 0, l, a, b, rough);
    const [groundL, groundA, groundB] = [between(local.l, corners), between(local.a, corners), between(local.b, corners)];
    const latitude = writeRelative(different, 0, l, a, b, groundL, groundA, groundB, rough);
    const ratio = logDensity(piece, own, 0) - groundDensity(ground, different, 0, latitude);
    return clamped(clamped(ratio) + PRIOR * between(odds, corners));
  };
};
