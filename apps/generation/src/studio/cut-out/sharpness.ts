import { boxBlur } from '../box-blur';
import { percentile } from '../evidence';
import type { OpenCv } from '../opencv';
import { morphed } from './morphology';

/** Bands of rows that are judged apart: depth of field changes from the bottom of a photo to its top. */
const BANDS = 8;
/** Least sharpness (in `focusEvidence`'s measure) that is more than sensor noise. */
export const LEAST_SHARP = 6;
/** How much sharper something sharp must be than the sharpest of the ground, and than what most of it is below. */
const SHARPER = [
  { than: 0.95, by: 1.8 },
  // a chain that leaves the picture crosses more than 5 % of a band's border, and must not pass for sharp ground
  { than: 0.8, by: 2.4 },
] as const;
/** Sharpness of ground that is perfectly smooth: sensor noise. */
const LEAST_GROUND = LEAST_SHARP / SHARPER[0].by;
/** Share of the border that is less sharp than the sharpest of the ground, and of the rest than the sharpest of the piece. */
const GROUND_SHARE = 0.95;
const PIECE_SHARE = 0.97;

/**
 * How sharp something in each row must be to be sharper than the ground there: a table is in focus near the piece, what is
 * behind it is not. The ground is judged by the picture's border.
 */
export const sharpnessOfRows = (focus: Float32Array, border: Uint8Array, width: number, height: number): Float32Array => {
  const bands: number[] = [];
  for (let band = 0; band < BANDS; band++) {
    const from = Math.floor((band * height) / BANDS) * width;
    const to = Math.max(from + width, Math.floor(((band + 1) * height) / BANDS) * width);
    const limits = SHARPER.map(({ than, by }) => by * percentile(focus.subarray(from, to), border.subarray(from, to), than));
    bands.push(Math.max(LEAST_SHARP, Math.min(...limits)));
  }
  return Float32Array.from({ length: height }, (_, y) => {
    const at = Math.max(0, Math.min(BANDS - 1, ((y + 0.5) / height) * BANDS - 0.5));
    const before = bands[Math.floor(at)] ?? LEAST_SHARP;
    const after = bands[Math.min(BANDS - 1, Math.floor(at) + 1)] ?? LEAST_SHARP;
    return before + (at - Math.floor(at)) * (after - before);
  });
};

/**
 * The same before a cluttered backdrop, whose own details may be half sharp: at least as near to the sharpest things in the
 * picture as to the ground. Sharpness spreads by factors, hence the geometric mean.
 */
export const sharpnessBeforeClutter = (sharp: Float32Array, focus: Float32Array, border: Uint8Array): Float32Array => {
  const inside = border.map((edge) => (edge ? 0 : 1));
  const least = Math.sqrt(Math.max(LEAST_GROUND, percentile(focus, border, GROUND_SHARE)) * percentile(focus, inside, PIECE_SHARE));
  return sharp.map((value) => Math.max(value, least));
};

/** 0..1: near something sharp, or between sharp things (a closing), since the inside of a metal band is smooth. */
export const sharpParts = (cv: OpenCv, focus: Float32Array, sharp: Float32Array, width: number, height: number): Float32Array => {
  const radius = Math.max(1, Math.round(0.012 * Math.max(width, height)));
  const spotted = new Uint8Array(focus.length);
  for (let at = 0; at < focus.length; at++) spotted[at] = (focus[at] ?? 0) > 0.8 * (sharp[Math.floor(at / width)] ?? 0) ? 1 : 0;
  const size = { width, height };
  const closed = morphed(cv, 'erode', morphed(cv, 'dilate', spotted, size, radius), size, radius);
  return boxBlur(new Float32Array(closed), width, height, 1);
};
