import { boxBlur } from '../box-blur';
import type { LabPlanes } from '../colour-space';
import type { OpenCv } from '../opencv';
import type { Raster } from '../raster';
import { absolute, FEATURES, foreignness, relative } from './features';
import { firstLook, MOST_ODDS, type FirstLook } from './first-look';
import { fitMixture, logDensity, type Mixture, type Samples } from './gaussian-mixture';
import { groundDensity, type GroundDensity } from './ground-density';
import { guidedFilter } from './guided-filter';
import { localGround } from './local-ground';
import { tidy } from './tidy';

/** px. The piece is decided on this small; its edge is then found at full size. */
export const DECISION_SIDE = 512;

const ROUNDS = 3;
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
/** Spreads from the ground below which a pixel could be shadow, and does not teach what the piece looks like. */
const STRANGE = 2.5;
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

/** Every so many pixels of those with a weight, by reading order: the same for the same picture. */
const sampled = ({ data, size }: Samples, weight: Float32Array): Samples => {
  const step = Math.max(1, weight.reduce((sum, value) => sum + value, 0) / SAMPLES);
  const chosen: number[] = [];
  let sum = step / 2;
  for (let at = 0; at < weight.length; at++) {
    sum += weight[at] ?? 0;
    if (sum < step || !weight[at]) continue;
    sum -= step;
    chosen.push(at);
  }
  const result = new Float32Array(chosen.length * size);
  chosen.forEach((at, index) => result.set(data.subarray(at * size, at * size + size), index * size));
  return { data: result, size };
};

const meanTexture = ({ data }: Samples): number => {
  let sum = 0;
  for (let at = FEATURES - 1; at < data.length; at += FEATURES) sum += data[at] ?? 0;
  return sum / Math.max(1, data.length / FEATURES);
};

/** Learns piece and ground from the odds so far, and decides anew. Null when there is too little of either to learn from. */
const learn = (look: FirstLook, own: Samples, odds: Float32Array, everywhere: boolean): Decision | null => {
  const { lab, variation } = look;
  const { width, height } = lab;
  const grounded = boxBlur(
    odds.map((value) => (value < -1 ? 1 : 0)),
    width,
    height,
    1,
  );
  const near = boxBlur(
    odds.map((value) => (value > 0 ? 1 : 0)),
    width,
    height,
    Math.round(0.04 * Math.max(width, height)),
  );
  const local = localGround(lab, new Uint8Array(grounded.map((share) => (share > 0.99 ? 1 : 0))));
  const different = relative(lab, local, variation);
  const strange = foreignness(different, look.spread);
  const pieceSamples = sampled(
    own,
    odds.map((value, at) => (value > SURE && (strange[at] ?? 0) > STRANGE ? 1 : 0)),
  );
  // the ground near the piece, with its shadows, counts more than the far one
  const groundSamples = sampled(
    different,
    odds.map((value, at) => (value < -SURE ? ((near[at] ?? 0) > 0.01 ? 1 : 0.2) : 0)),
  );
  if (Math.min(pieceSamples.data.length, groundSamples.data.length) < LEAST_SAMPLES * FEATURES) return null;
  const piece = fitMixture(pieceSamples, PIECE_COMPONENTS, PIECE_NOISE, PIECE_FLOOR);
  const mixture = fitMixture(groundSamples, GROUND_COMPONENTS, GROUND_NOISE, GROUND_FLOOR);
  const ground = { mixture, usual: meanTexture(groundSamples) };
  const raw = odds.map((_, at) => {
    if (!everywhere && (near[at] ?? 0) <= 0) return -MOST_ODDS;
    const from = FEATURES * at;
    const ratio = logDensity(piece, own.data, from) - groundDensity(ground, different.data, from, different.latitude[at] ?? 0);
    return Math.max(-MOST_ODDS, Math.min(MOST_ODDS, ratio));
  });
  const smooth = guidedFilter({ planes: [lab.l, lab.a, lab.b], width, height }, raw, EDGE_RADIUS, EDGE_SOFTNESS);
  return { odds: tidied(smooth, look), piece, ground, lab, local, variation };
};

/** Odds after `tidy`, with what it changed on the other side of 0. */
const tidied = (odds: Float32Array, look: FirstLook): Float32Array => {
  const gated = look.cluttered ? odds.map((value, at) => value - 2 * MOST_ODDS * (1 - (look.gate[at] ?? 0))) : odds;
  const mask = new Uint8Array(gated.map((value) => (value > 0 ? 1 : 0)));
  tidy(mask, look);
  return gated.map((value, at) => (mask[at] ? (value > 0 ? value : 2 * SURE) : value > 0 ? -2 * SURE : value));
};

/**
 * Decides which pixels of a small raster (at most `DECISION_SIDE` px) are the piece. Starts from what is unlike the ground,
 * learns from that what piece and ground look like, decides anew, and so on. Null when nothing stands out.
 */
export const decide = (cv: OpenCv, small: Raster): Decision | null => {
  const look = firstLook(cv, small);
  const own = absolute(look.lab, look.variation);
  let decision: Decision | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const next = learn(look, own, decision?.odds ?? look.odds, round === 0);
    if (!next) return null;
    decision = next;
  }
  return decision;
};
