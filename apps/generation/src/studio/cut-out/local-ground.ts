import { boxBlur } from '../box-blur';
import type { LabPlanes } from '../colour-space';

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

/** Where each of `size` pixels lies among `coarse` ones: the one before it, and how far (0..1) it is towards the next. */
const placesAmong = (size: number, coarse: number): { before: Int32Array; towards: Float32Array } => {
  const before = new Int32Array(size);
  const towards = new Float32Array(size);
  for (let at = 0; at < size; at++) {
    const from = Math.max(0, Math.min(coarse - 1, (at + 0.5) / COARSE - 0.5));
    before[at] = Math.floor(from);
    towards[at] = from - Math.floor(from);
  }
  return { before, towards };
};

const enlarged = (plane: Float32Array, columns: number, rows: number, width: number, height: number): Float32Array => {
  const result = new Float32Array(width * height);
  const across = placesAmong(width, columns);
  const down = placesAmong(height, rows);
  const row = new Float32Array(columns);
  for (let y = 0, at = 0; y < height; y++) {
    const upper = (down.before[y] ?? 0) * columns;
    const lower = Math.min(rows - 1, (down.before[y] ?? 0) + 1) * columns;
    const share = down.towards[y] ?? 0;
    for (let x = 0; x < columns; x++) row[x] = (plane[upper + x] ?? 0) * (1 - share) + (plane[lower + x] ?? 0) * share;
    for (let x = 0; x < width; x++, at++) {
      const left = across.before[x] ?? 0;
      const start = row[left] ?? 0;
      result[at] = start + (across.towards[x] ?? 0) * ((row[Math.min(columns - 1, left + 1)] ?? 0) - start);
    }
  }
  return result;
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
  const [l, a, b] = means.map((mean) => enlarged(mean, columns, rows, width, height)) as [Float32Array, Float32Array, Float32Array];
  return { l, a, b, width, height };
};
