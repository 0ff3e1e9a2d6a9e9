import { boxBlur } from '../box-blur';
import type { LabPlanes } from '../colour-space';
import type { Samples } from './gaussian-mixture';

/** Numbers per pixel. */
export const FEATURES = 4;
/** Weight of texture among colours: log2 steps as L*a*b* units. */
const TEXTURE_UNIT = 5;
/** px. Half the side of the squares whose texture is measured, less half a pixel. */
const TEXTURE_RADII = [2, 1] as const;
/** A shadow may be more saturated than its lit ground by this factor: a camera's tone curve does that. */
const MOST_SATURATED = 1.1;
/** Chroma (L*a*b* units) below which a ground has no hue to speak of. */
const NEUTRAL_CHROMA = 4;

/**
 * log of how much the lightness varies at each pixel: the least standard deviation of the four squares that have it for
 * a corner, so that an edge does not make texture on its smooth side.
 */
export const texture = ({ l, width, height }: LabPlanes): Float32Array => {
  const result = new Float32Array(l.length).fill(Infinity);
  const squares = l.map((value) => value * value);
  for (const radius of TEXTURE_RADII) {
    const mean = boxBlur(l, width, height, radius);
    const square = boxBlur(squares, width, height, radius);
    for (let at = 0; at < l.length; at++) square[at] = Math.max(0, (square[at] ?? 0) - (mean[at] ?? 0) ** 2);
    for (let y = 0; y < height; y++) {
      const above = Math.max(0, y - radius) * width;
      const below = Math.min(height - 1, y + radius) * width;
      for (let x = 0; x < width; x++) {
        const left = Math.max(0, x - radius);
        const right = Math.min(width - 1, x + radius);
        const least = Math.min(
          square[above + left] ?? 0,
          square[above + right] ?? 0,
          square[below + left] ?? 0,
          square[below + right] ?? 0,
        );
        result[y * width + x] = Math.min(result[y * width + x] ?? 0, least);
      }
    }
  }
  return result.map((variance) => TEXTURE_UNIT * Math.log2(1 + Math.sqrt(variance)));
};

/** Colour and texture of a pixel, as they are: what a piece is known by. */
export const writeAbsolute = (data: Float32Array, from: number, l: number, a: number, b: number, variation: number): void => {
  data[from] = l;
  data[from + 1] = a;
  data[from + 2] = b;
  data[from + 3] = variation;
};

/**
 * How a pixel differs from the ground there: in lightness, in saturation (along the ground's hue), in hue (across it), in
 * texture. A cast shadow keeps the ground's hue; how much of its saturation it keeps depends on the camera's tone curve, so
 * any saturation between that of less light and that of the lit ground is no difference. Returns how wide that
 * latitude is (L*a*b* units): a ground that explains more is less likely.
 */
export const writeRelative = (
  data: Float32Array,
  from: number,
  l: number,
  a: number,
  b: number,
  groundL: number,
  groundA: number,
  groundB: number,
  variation: number,
): number => {
  const chroma = Math.sqrt(groundA * groundA + groundB * groundB);
  const hueA = chroma > 1e-3 ? groundA / chroma : 1;
  const hueB = chroma > 1e-3 ? groundB / chroma : 0;
  const along = a * hueA + b * hueB;
  const shade = Math.min(1, (l + 16) / (Math.max(0, groundL) + 16));
  const hued = Math.min(1, chroma / NEUTRAL_CHROMA);
  // black has no hue: a deep shadow may lose all of its saturation
  const least = chroma * Math.min(shade, Math.max(0, l) / Math.max(1, groundL));
  const most = chroma * (1 + hued * (MOST_SATURATED - 1) * Math.min(1, 2 * (1 - shade)));
  data[from] = l - groundL;
  data[from + 1] = along < least ? along - least : along > most ? along - most : 0;
  data[from + 2] = b * hueA - a * hueB;
  data[from + 3] = variation;
  return most - least;
};

/** `writeAbsolute` of every pixel. */
export const absolute = ({ l, a, b }: LabPlanes, variation: Float32Array): Samples => {
  const data = new Float32Array(FEATURES * l.length);
  for (let at = 0; at < l.length; at++) writeAbsolute(data, FEATURES * at, l[at] ?? 0, a[at] ?? 0, b[at] ?? 0, variation[at] ?? 0);
  return { data, size: FEATURES };
};

/** Differences from the ground, with the latitude of each. */
export interface Differences extends Samples {
  latitude: Float32Array;
}

/** `writeRelative` of every pixel. */
export const relative = ({ l, a, b }: LabPlanes, ground: LabPlanes, variation: Float32Array): Differences => {
  const data = new Float32Array(FEATURES * l.length);
  const latitude = new Float32Array(l.length);
  for (let at = 0; at < l.length; at++) {
    latitude[at] = writeRelative(
      data,
      FEATURES * at,
      l[at] ?? 0,
      a[at] ?? 0,
      b[at] ?? 0,
      ground.l[at] ?? 0,
      ground.a[at] ?? 0,
      ground.b[at] ?? 0,
      variation[at] ?? 0,
    );
  }
  return { data, size: FEATURES, latitude };
};

/** How far each pixel is from anything its ground would be, in light or in shadow: in spreads. */
export const foreignness = ({ data }: Samples, spread: readonly [number, number, number]): Float32Array => {
  const result = new Float32Array(data.length / FEATURES);
  for (let at = 0; at < result.length; at++) {
    const l = data[FEATURES * at] ?? 0;
    const width = spread[1] + 0.06 * Math.min(40, Math.max(0, -l));
    const a = (data[FEATURES * at + 1] ?? 0) / width;
    const b = (data[FEATURES * at + 2] ?? 0) / width;
    const lighter = (l > 0 ? l : 0.1 * l) / spread[0];
    result[at] = Math.sqrt(lighter * lighter + a * a + b * b);
  }
  return result;
};
