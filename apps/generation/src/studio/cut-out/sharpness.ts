import { boxBlur } from '../box-blur';
import { percentile } from '../evidence';
import type { OpenCv } from '../opencv';
import { morphed } from './morphology';

/** Bands of rows that are judged apart: depth of field changes from the bottom of a photo to its top. */
const BANDS = 8;
/** Least sharpness (in `focusEvidence`'s measure) that is more than sensor noise. */
const LEAST_SHARP = 6;
/** How much sharper than the sharpest ground (95th percentile) something sharp must be. */
const SHARPER = 1.8;
/** Before clutter, something sharp has at least this share of the sharpness of the sharpest things, up to a limit. */
const SHARPEST_SHARE = 0.4;
const MOST_SHARP = 18;

/**
 * How sharp something in each row must be to be sharper than the ground there: a table is in focus near the piece, what is
 * behind it is not. The ground is judged by the picture's border.
 */
export const sharpnessOfRows = (focus: Float32Array, border: Uint8Array, width: number, height: number): Float32Array => {
  const bands: number[] = [];
  for (let band = 0; band < BANDS; band++) {
    const from = Math.floor((band * height) / BANDS) * width;
    const to = Math.max(from + width, Math.floor(((band + 1) * height) / BANDS) * width);
    bands.push(Math.max(LEAST_SHARP, SHARPER * percentile(focus.subarray(from, to), border.subarray(from, to), 0.95)));
  }
  return Float32Array.from({ length: height }, (_, y) => {
    const at = Math.max(0, Math.min(BANDS - 1, ((y + 0.5) / height) * BANDS - 0.5));
    const before = bands[Math.floor(at)] ?? LEAST_SHARP;
    const after = bands[Math.min(BANDS - 1, Math.floor(at) + 1)] ?? LEAST_SHARP;
    return before + (at - Math.floor(at)) * (after - before);
  });
};

/** The same before a cluttered backdrop, whose own details may be half sharp: measured by the sharpest things in the picture. */
export const sharpnessBeforeClutter = (sharp: Float32Array, focus: Float32Array, border: Uint8Array): Float32Array => {
  const inside = border.map((edge) => (edge ? 0 : 1));
  const least = Math.min(MOST_SHARP, SHARPEST_SHARE * percentile(focus, inside, 0.97));
  return sharp.map((value) => Math.max(value, least));
};

/** 0..1: near something sharp, or between sharp things (a closing), since the inside of a metal band is smooth. */
export const sharpParts = (cv: OpenCv, focus: Float32Array, sharp: Float32Array, width: number, height: number): Float32Array => {
  const radius = Math.max(1, Math.round(0.012 * Math.max(width, height)));
  const spotted = Uint8Array.from(focus, (value, at) => (value > 0.8 * (sharp[Math.floor(at / width)] ?? 0) ? 1 : 0));
  const size = { width, height };
  const closed = morphed(cv, 'erode', morphed(cv, 'dilate', spotted, size, radius), size, radius);
  return boxBlur(Float32Array.from(closed), width, height, 1);
};
