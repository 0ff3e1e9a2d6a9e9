import { FEATURES } from './features';
import { logDensity, type Mixture } from './gaussian-mixture';

/** How deep (L* units) shadows go, evenly likely. */
const SHADOW_DEPTH = 75;
const SHADOW_WEIGHT = 0.05;
/** Standard deviation of a shadow's colour (L*a*b* units), and how it grows with depth: light comes back from the piece. */
const SHADOW_SPREAD = 2.5;
const SPREAD_PER_DEPTH = 0.04;
const DEEPEST_SPREAD = 40;
/** Standard deviation of a shadow's texture above the ground's. */
const TEXTURE_SPREAD = 5;
/** L*a*b* units of latitude that halve a ground's likelihood. */
const LATITUDE = 3;

/** What has been learned of a ground. */
export interface GroundDensity {
  /** of differences from the local ground, see `writeRelative` */
  mixture: Mixture;
  /** texture that the ground has on average */
  usual: number;
}

/** log density of the likeliest shadow of a width of 1 */
const LIKELIEST_SHADOW = Math.log(SHADOW_WEIGHT / SHADOW_DEPTH / (2 * Math.PI * TEXTURE_SPREAD * 2.5));
const LIKELIEST_OF_ALL = LIKELIEST_SHADOW - 2 * Math.log(SHADOW_SPREAD);

/** log density of a ground that is nothing but darker. */
const shadowDensity = (data: Float32Array, from: number, usual: number): number => {
  const depth = -(data[from] ?? 0);
  if (depth < -3) return -Infinity;
  const width = SHADOW_SPREAD + SPREAD_PER_DEPTH * Math.min(DEEPEST_SPREAD, Math.max(0, depth));
  const along = (data[from + 1] ?? 0) / width;
  const across = (data[from + 2] ?? 0) / width;
  const rougher = Math.max(0, (data[from + FEATURES - 1] ?? 0) - usual) / TEXTURE_SPREAD;
  return LIKELIEST_SHADOW - 2 * Math.log(width) - 0.5 * (along * along + across * across + rougher * rougher);
};

/** log density of a pixel's differences as those of ground, lit or in shadow; `latitude` is what `writeRelative` returned. */
export const groundDensity = ({ mixture, usual }: GroundDensity, data: Float32Array, from: number, latitude: number): number => {
  const lit = logDensity(mixture, data, from);
  const likelier = lit >= LIKELIEST_OF_ALL ? lit : Math.max(lit, shadowDensity(data, from, usual));
  return likelier - Math.log(1 + latitude / LATITUDE);
};
