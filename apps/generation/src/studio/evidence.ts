import type { LabPlanes } from './colour-space';
import { boxBlur } from './box-blur';

/** How sharp the picture is at each pixel (second differences of L*, averaged over 5 x 5): a piece is in focus, its backdrop seldom. */
export const focusEvidence = ({ l, width, height }: LabPlanes): Float32Array => {
  const sharpness = new Float32Array(l.length);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const middle = l[at] ?? 0;
      const straight = (l[at - 1] ?? 0) + (l[at + 1] ?? 0) + (l[at - width] ?? 0) + (l[at + width] ?? 0);
      const slanted = (l[at - width - 1] ?? 0) + (l[at - width + 1] ?? 0) + (l[at + width - 1] ?? 0) + (l[at + width + 1] ?? 0);
      sharpness[at] = Math.abs(4 * middle - straight) + Math.abs(4 * middle - slanted);
    }
  }
  return boxBlur(sharpness, width, height, 2);
};

/** The mean of a plane over some pixels (positions in it). */
export const meanOf = (plane: Float32Array, pixels: Iterable<number>): number => {
  let [sum, count] = [0, 0];
  for (const at of pixels) {
    sum += plane[at] ?? 0;
    count++;
  }
  return sum / Math.max(1, count);
};

/** The mean of a plane over the marked pixels. */
export const meanWhere = (plane: Float32Array, marked: Uint8Array): number => {
  let sum = 0;
  let count = 0;
  for (let at = 0; at < plane.length; at++) {
    if (!marked[at]) continue;
    sum += plane[at] ?? 0;
    count++;
  }
  return sum / Math.max(1, count);
};

/** Pixels that a percentile is taken of; of more, every so many. */
const ENOUGH = 40_000;

/** The value that `share` (0..1) of the marked pixels stay below. */
export const percentile = (values: Float32Array, marked: Uint8Array, share: number): number => {
  const chosen = new Float32Array(values.length);
  const step = Math.max(1, Math.floor(values.length / ENOUGH));
  let count = 0;
  for (let at = 0; at < values.length; at += step) if (marked[at]) chosen[count++] = values[at] ?? 0;
  // typed arrays sort by number, and without a call per comparison
  const sorted = chosen.subarray(0, count).sort();
  return sorted[Math.min(count - 1, Math.floor(share * count))] ?? 0;
};
