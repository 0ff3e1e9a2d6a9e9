import { boxBlur } from '../box-blur';
import type { LabPlanes } from '../colour-space';
import { FEATURES, foreignnessAt, writeAbsoluteAt, writeRelativeAt } from './features';
import { MOST_ODDS, type FirstLook } from './first-look';
import { fitMixture, logDensity, type Mixture, type Samples } from './gaussian-mixture';
import { groundDensity, type GroundDensity } from './ground-density';
import { guidedFilter } from './guided-filter';
import { localGround } from './local-ground';
import { tidy } from './tidy';

/** Pixels that each model is fitted to. */
const SAMPLES = 4000;
/** Fewer than these teach nothing. */
const LEAST_SAMPLES = 20;
const PIECE_COMPONENTS = 6;
const GROUND_COMPONENTS = 5;
/** Standard deviations that are added to what was seen (L*a*b* units): noise, and what was not seen of the same thing. */
const PIECE_NOISE = 2;
const GROUND_NOISE = 1.5;
/** log density of anything at all: even over L*a*b* and texture. What was never seen is piece sooner than ground. */
const PIECE_FLOOR = -Math.log(100 * 120 * 120 * 30);
const GROUND_FLOOR = PIECE_FLOOR - 4;
/** log odds from which a pixel teaches. */
const SURE = 1.5;
/** log odds below which a pixel is believed to show the ground that others are compared with. */
const BELIEVED = -1;
/** Spreads from the ground below which a pixel could be shadow, and does not teach what the piece looks like. */
const STRANGE = 2.5;
/** What a pixel of the ground far from the piece teaches: the ground near it, with its shadows, counts more. */
const FAR_WEIGHT = 0.2;
/** Share of the long side within which a pixel is near the piece, and share of the square around it that the piece must have. */
const NEAR = 0.04;
const NEAR_SHARE = 0.01;
/** px and variance (L*a*b* units) of the filter that moves the decision to edges. */
const EDGE_RADIUS = 3;
const EDGE_SOFTNESS = 15;

/** Which pixels of a small raster are the piece, and how that was told. */
export interface Decision {
  /** log odds of the piece per pixel: above 0 is piece */
  odds: Float32Array;
  /** of colours and texture as they are */
  piece: Mixture;
  ground: GroundDensity;
  lab: LabPlanes;
  /** the ground at every pixel, under the piece too */
  local: LabPlanes;
  /** see `texture` */
  variation: Float32Array;
}

/** Features of every so many pixels of those with a weight, by reading order: the same for the same picture. */
const sampled = (weight: Float32Array, write: (data: Float32Array, from: number, at: number) => void): Samples => {
  let total = 0;
  for (const value of weight) total += value;
  const step = Math.max(1, total / SAMPLES);
  const data = new Float32Array(FEATURES * (SAMPLES + 1));
  let count = 0;
  let sum = step / 2;
  for (let at = 0; at < weight.length && count <= SAMPLES; at++) {
    sum += weight[at] ?? 0;
    if (sum < step || !weight[at]) continue;
    sum -= step;
    write(data, FEATURES * count++, at);
  }
  return { data: data.subarray(0, FEATURES * count), size: FEATURES };
};

const meanTexture = ({ data }: Samples): number => {
  let sum = 0;
  for (let at = FEATURES - 1; at < data.length; at += FEATURES) sum += data[at] ?? 0;
  return sum / Math.max(1, data.length / FEATURES);
};

/** 1 where a pixel and those around it are believed to be ground. */
const believedGround = (odds: Float32Array, width: number, height: number): Uint8Array => {
  const ground = new Float32Array(odds.length);
  for (let at = 0; at < odds.length; at++) ground[at] = (odds[at] ?? 0) < BELIEVED ? 1 : 0;
  const share = boxBlur(ground, width, height, 1);
  const believed = new Uint8Array(odds.length);
  for (let at = 0; at < odds.length; at++) believed[at] = (share[at] ?? 0) > 0.99 ? 1 : 0;
  return believed;
};

/** How much of the square around each pixel is piece. */
const nearness = (odds: Float32Array, width: number, height: number): Float32Array => {
  const piece = new Float32Array(odds.length);
  for (let at = 0; at < odds.length; at++) piece[at] = (odds[at] ?? 0) > 0 ? 1 : 0;
  return boxBlur(piece, width, height, Math.round(NEAR * Math.max(width, height)));
};

/** Learns piece and ground from the odds so far, and decides anew, crumbs and all (see `settle`). Null when there is too little of either to learn from. */
export const learn = (look: FirstLook, odds: Float32Array, everywhere: boolean): Decision | null => {
  const { lab, variation } = look;
  const { width, height } = lab;
  const near = nearness(odds, width, height);
  const local = localGround(lab, believedGround(odds, width, height));
  const own = new Float32Array(FEATURES);
  const different = new Float32Array(FEATURES);

  const teaches = new Float32Array(odds.length);
  for (let at = 0; at < odds.length; at++) {
    if ((odds[at] ?? 0) <= SURE) continue;
    writeRelativeAt(different, 0, lab, local, variation, at);
    if (foreignnessAt(different, 0, look.spread) > STRANGE) teaches[at] = 1;
  }
  const pieceSamples = sampled(teaches, (data, from, at) => writeAbsoluteAt(data, from, lab, variation, at));
  for (let at = 0; at < odds.length; at++) {
    teaches[at] = (odds[at] ?? 0) >= -SURE ? 0 : (near[at] ?? 0) > NEAR_SHARE ? 1 : FAR_WEIGHT;
  }
  const groundSamples = sampled(teaches, (data, from, at) => writeRelativeAt(data, from, lab, local, variation, at));
  if (Math.min(pieceSamples.data.length, groundSamples.data.length) < LEAST_SAMPLES * FEATURES) return null;
  const piece = fitMixture(pieceSamples, PIECE_COMPONENTS, PIECE_NOISE, PIECE_FLOOR);
  const mixture = fitMixture(groundSamples, GROUND_COMPONENTS, GROUND_NOISE, GROUND_FLOOR);
  const ground = { mixture, usual: meanTexture(groundSamples) };

  const raw = new Float32Array(odds.length).fill(-MOST_ODDS);
  for (let at = 0; at < odds.length; at++) {
    if (!everywhere && !near[at]) continue;
    writeAbsoluteAt(own, 0, lab, variation, at);
    const latitude = writeRelativeAt(different, 0, lab, local, variation, at);
    const ratio = logDensity(piece, own, 0) - groundDensity(ground, different, 0, latitude);
    raw[at] = Math.max(-MOST_ODDS, Math.min(MOST_ODDS, ratio));
  }
  const smooth = guidedFilter({ planes: [lab.l, lab.a, lab.b], width, height }, raw, EDGE_RADIUS, EDGE_SOFTNESS);
  return { odds: smooth, piece, ground, lab, local, variation };
};

/** Before a clutter, takes what is not near anything sharp out of the odds. In place. */
export const keepToSharp = (odds: Float32Array, { cluttered, gate }: FirstLook): void => {
  if (!cluttered) return;
  for (let at = 0; at < odds.length; at++) odds[at] = (odds[at] ?? 0) - 2 * MOST_ODDS * (1 - (gate[at] ?? 0));
};

/** Keeps the odds to what is sharp, and tidies them. In place. */
export const settle = (odds: Float32Array, look: FirstLook): void => {
  keepToSharp(odds, look);
  remask(odds, (mask) => tidy(mask, look));
};

/** Puts what is changed in the mask of the odds on the other side of 0. In place. */
export const remask = (odds: Float32Array, change: (mask: Uint8Array) => void): void => {
  const mask = new Uint8Array(odds.length);
  for (let at = 0; at < odds.length; at++) mask[at] = (odds[at] ?? 0) > 0 ? 1 : 0;
  change(mask);
  for (let at = 0; at < odds.length; at++) {
    const piece = (odds[at] ?? 0) > 0;
    if (mask[at] && !piece) odds[at] = 2 * SURE;
    else if (!mask[at] && piece) odds[at] = -2 * SURE;
  }
};
