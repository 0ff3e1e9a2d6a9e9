import { boxBlur } from '../box-blur';

/** Three planes of the same size that say where edges are. */
export interface Guide {
  planes: readonly [Float32Array, Float32Array, Float32Array];
  /** px */
  width: number;
  /** px */
  height: number;
}

/**
 * Smooths a plane along the guide's edges: in each square of side 2 * radius + 1 px the result is a linear function of the
 * guide's three planes (He, Sun and Tang's guided filter, 2013). `softness` is the guide's variance that still counts
 * as flat.
 */
export const guidedFilter = ({ planes, width, height }: Guide, plane: Float32Array, radius: number, softness: number): Float32Array => {
  const blur = (values: Float32Array): Float32Array => boxBlur(values, width, height, radius);
  const product = (one: Float32Array, other: Float32Array): Float32Array => {
    const result = new Float32Array(one.length);
    for (let at = 0; at < result.length; at++) result[at] = (one[at] ?? 0) * (other[at] ?? 0);
    return blur(result);
  };
  const [x, y, z] = planes;
  const means = planes.map(blur);
  const [meanX, meanY, meanZ] = means as [Float32Array, Float32Array, Float32Array];
  const mean = blur(plane);
  const [xx, xy, xz, yy, yz, zz] = [product(x, x), product(x, y), product(x, z), product(y, y), product(y, z), product(z, z)] as const;
  const [px, py, pz] = [product(plane, x), product(plane, y), product(plane, z)] as const;
  const slopeX = new Float32Array(plane.length);
  const slopeY = new Float32Array(plane.length);
  const slopeZ = new Float32Array(plane.length);
  const offset = mean;
  for (let at = 0; at < plane.length; at++) {
    const mx = meanX[at] ?? 0;
    const my = meanY[at] ?? 0;
    const mz = meanZ[at] ?? 0;
    const mp = mean[at] ?? 0;
    const a = (xx[at] ?? 0) - mx * mx + softness;
    const b = (xy[at] ?? 0) - mx * my;
    const c = (xz[at] ?? 0) - mx * mz;
    const d = (yy[at] ?? 0) - my * my + softness;
    const e = (yz[at] ?? 0) - my * mz;
    const f = (zz[at] ?? 0) - mz * mz + softness;
    const cx = (px[at] ?? 0) - mp * mx;
    const cy = (py[at] ?? 0) - mp * my;
    const cz = (pz[at] ?? 0) - mp * mz;
    // the inverse of a symmetric 3 x 3 matrix, by its cofactors
    const ia = d * f - e * e;
    const ib = c * e - b * f;
    const ic = b * e - c * d;
    const scale = 1 / (a * ia + b * ib + c * ic || 1e-9);
    const sx = (ia * cx + ib * cy + ic * cz) * scale;
    const sy = (ib * cx + (a * f - c * c) * cy + (b * c - a * e) * cz) * scale;
    const sz = (ic * cx + (b * c - a * e) * cy + (a * d - b * b) * cz) * scale;
    slopeX[at] = sx;
    slopeY[at] = sy;
    slopeZ[at] = sz;
    offset[at] = mp - sx * mx - sy * my - sz * mz;
  }
  const [ax, ay, az, rest] = [blur(slopeX), blur(slopeY), blur(slopeZ), blur(offset)] as const;
  const result = new Float32Array(plane.length);
  for (let at = 0; at < result.length; at++) {
    result[at] = (ax[at] ?? 0) * (x[at] ?? 0) + (ay[at] ?? 0) * (y[at] ?? 0) + (az[at] ?? 0) * (z[at] ?? 0) + (rest[at] ?? 0);
  }
  return result;
};
