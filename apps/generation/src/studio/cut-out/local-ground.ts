import { boxBlur } from '../box-blur';
import type { LabPlanes } from '../colour-space';
import { enlarged } from './coarse-plane';

/** px of the picture per px of the coarse one that means are taken on; the ground is smoother than that. */
const COARSE = 4;
/** Shares of the longer side: from how far around a pixel the ground is averaged; the next is taken where there is none. */
const REACHES = [0.02, 0.06, 0.2] as const;
/** Share of a square that must be believed ground before its mean counts in full. */
const ENOUGH = 0.25;

interface Coarse {
  /** believed ground per coarse pixel, and the sums of its L*, a* and b* */
  planes: [Float32Array, Float32Array, Float32Array, Float32Array];
  width: number;
  height: number;
}

const coarsened = ({ l, a, b, width, height }: LabPlanes, believed: Uint8Array): Coarse => {
  const columns = Math.ceil(width / COARSE);
  const rows = Math.ceil(height / COARSE);
  const make = (): Float32Array => new Float32Array(columns * rows);
  const [share, sumL, sumA, sumB] = [make(), make(), make(), make()];
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.floor(y / COARSE) * columns;
    for (let x = 0; x < width; x++, at++) {
      if (!believed[at]) continue;
      const to = row + Math.floor(x / COARSE);
      share[to] = (share[to] ?? 0) + 1 / COARSE ** 2;
      sumL[to] = (sumL[to] ?? 0) + (l[at] ?? 0) / COARSE ** 2;
      sumA[to] = (sumA[to] ?? 0) + (a[at] ?? 0) / COARSE ** 2;
      sumB[to] = (sumB[to] ?? 0) + (b[at] ?? 0) / COARSE ** 2;
    }
  }
  return { planes: [share, sumL, sumA, sumB], width: columns, height: rows };
};

/**
 * What the ground looks like at every pixel, under the piece too: the mean of the believed ground (1 in `believed`)
 * around, from as near as there is any. Follows gradients, boards and blurred backdrops alike; broad shadows are in it.
 */
export const localGround = (lab: LabPlanes, believed: Uint8Array): LabPlanes => {
  const { planes, width: columns, height: rows } = coarsened(lab, believed);
  const [share, ...sums] = planes;
  const total = (plane: Float32Array): number => plane.reduce((sum, value) => sum + value, 0);
  const means = sums.map((plane) => new Float32Array(plane.length).fill(total(plane) / Math.max(1e-6, total(share))));
  for (const reach of [...REACHES].reverse()) {
    const radius = Math.max(1, Math.round(reach * Math.max(columns, rows)));
    const smooth = (plane: Float32Array): Float32Array =>
      boxBlur(boxBlur(plane, columns, rows, radius), columns, rows, Math.max(1, radius >> 1));
    const density = smooth(share);
    sums.forEach((plane, channel) => {
      const smoothed = smooth(plane);
      const mean = means[channel];
      for (let at = 0; mean && at < mean.length; at++) {
        const found = density[at] ?? 0;
        if (found <= 1e-4) continue;
        const trust = Math.min(1, found / ENOUGH);
        mean[at] = (1 - trust) * (mean[at] ?? 0) + (trust * (smoothed[at] ?? 0)) / found;
      }
    });
  }
  const { width, height } = lab;
  const [l, a, b] = means.map((mean) => enlarged(mean, COARSE, width, height)) as [Float32Array, Float32Array, Float32Array];
  return { l, a, b, width, height };
};
