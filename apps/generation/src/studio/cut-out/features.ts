import { boxBlur } from '../box-blur';
import type { LabPlanes } from '../colour-space';

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
  const squares = new Float32Array(l.length);
  for (let at = 0; at < l.length; at++) squares[at] = (l[at] ?? 0) ** 2;
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
        const higher = Math.min(square[above + left] ?? 0, square[above + right] ?? 0);
        const lower = Math.min(square[below + left] ?? 0, square[below + right] ?? 0);
        result[y * width + x] = Math.min(result[y * width + x] ?? 0, higher, lower);
      }
    }
  }
  for (let at = 0; at < result.length; at++) result[at] = TEXTURE_UNIT * Math.log2(1 + Math.sqrt(result[at] ?? 0));
  return result;
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

/** `writeAbsolute` of the pixel at `at`. */
export const writeAbsoluteAt = (data: Float32Array, from: number, { l, a, b }: LabPlanes, variation: Float32Array, at: number): void =>
  writeAbsolute(data, from, l[at] ?? 0, a[at] ?? 0, b[at] ?? 0, variation[at] ?? 0);

/** `writeRelative` of the pixel at `at`. */
export const writeRelativeAt = (
  data: Float32Array,
  from: number,
  { l, a, b }: LabPlanes,
  ground: LabPlanes,
  variation: Float32Array,
  at: number,
): number =>
  writeRelative(
    data,
    from,
    l[at] ?? 0,
    a[at] ?? 0,
    b[at] ?? 0,
    ground.l[at] ?? 0,
    ground.a[at] ?? 0,
    ground.b[at] ?? 0,
    variation[at] ?? 0,
  );

/** How far the differences at `from` are from anything the ground would be, in light or in shadow: in spreads. */
export const foreignnessAt = (data: Float32Array, from: number, spread: readonly [number, number, number]): number => {
  const l = data[from] ?? 0;
  const width = spread[1] + 0.06 * Math.min(40, Math.max(0, -l));
  const a = (data[from + 1] ?? 0) / width;
  const b = (data[from + 2] ?? 0) / width;
  const lighter = (l > 0 ? l : 0.1 * l) / spread[0];
  return Math.sqrt(lighter * lighter + a * a + b * b);
};

/** `foreignnessAt` of every pixel. */
export const foreignness = (
  lab: LabPlanes,
  ground: LabPlanes,
  variation: Float32Array,
  spread: readonly [number, number, number],
): Float32Array => {
  const data = new Float32Array(FEATURES);
  const result = new Float32Array(lab.l.length);
  for (let at = 0; at < result.length; at++) {
    writeRelativeAt(data, 0, lab, ground, variation, at);
    result[at] = foreignnessAt(data, 0, spread);
  }
  return result;
};
