import { boxBlur } from './box-blur';
import { finish, pipeline, type Raster } from './raster';

/** How far beyond its neighbours' luma a pixel may go, in levels: more would be a halo. */
const OVERSHOOT = 1;
/** px around a pixel in which an edge counts as steep, and in which the whole edge is looked for. */
const NEAR = 1;
const WIDE = 3;
/** Differences of so many levels are grain, and are not brought out. */
const GRAIN = 1.5;
/** Share of the difference to the blurred picture that one step adds. */
const GAIN = 0.9;

/** Steps at once beyond which nothing gets sharper or softer. */
const MOST = 3;

/** px of a picture for each of one of 1600 px. */
const scaleOf = ({ width, height }: Raster): number => Math.max(width, height) / 1600;

/** By how much (px, sigma) a picture is softened; `amount` is below 0. */
export const softnessOf = (picture: Raster, amount: number): number =>
  Math.max(0.8, 1.1 * Math.min(MOST, Math.abs(amount)) * scaleOf(picture));

/**
 * Brings out edges (`amount` above 0) or softens (below). An edge that runs over a few pixels gets steeper, one that is
 * steep already stays: the tenth step in a row finds next to nothing to do, where a plain mask would leave halos and grain.
 */
export const sharpen = async (picture: Raster, amount: number): Promise<Raster> => {
  const strength = Math.min(MOST, Math.abs(amount));
  const scale = scaleOf(picture);
  if (amount < 0) return finish(pipeline(picture).blur(softnessOf(picture, amount)));
  const { width, height, data } = picture;
  const luma = lumaOf(picture);
  const radius = Math.max(1, Math.round(scale));
  const blurred = boxBlur(boxBlur(luma, width, height, radius), width, height, radius);
  const near = rangeAround(luma, width, height, NEAR);
  const wide = rangeAround(luma, width, height, WIDE);
  const out = new Uint8Array(data.length);
  for (let pixel = 0; pixel < luma.length; pixel++) {
    const own = luma[pixel] ?? 0;
    const [least, most] = [near.least[pixel] ?? 0, near.most[pixel] ?? 0];
    const span = (wide.most[pixel] ?? 0) - (wide.least[pixel] ?? 0);
    const slack = span < 4 ? 0 : 1 - (most - least) / span;
    const difference = own - (blurred[pixel] ?? own);
    const detail = Math.sign(difference) * Math.max(0, Math.abs(difference) - GRAIN);
    const wanted = own + GAIN * strength * slack * detail;
    const change = Math.round(Math.max(least - OVERSHOOT * slack, Math.min(most + OVERSHOOT * slack, wanted)) - own);
    for (let at = 3 * pixel; at < 3 * pixel + 3; at++) out[at] = Math.max(0, Math.min(255, (data[at] ?? 0) + change));
  }
  return { ...picture, data: out };
};

const lumaOf = ({ data, width, height }: Raster): Float32Array => {
  const luma = new Float32Array(width * height);
  for (let pixel = 0; pixel < luma.length; pixel++) {
    luma[pixel] = 0.2126 * (data[3 * pixel] ?? 0) + 0.7152 * (data[3 * pixel + 1] ?? 0) + 0.0722 * (data[3 * pixel + 2] ?? 0);
  }
  return luma;
};

/** Least and most in the square around each pixel. */
const rangeAround = (plane: Float32Array, width: number, height: number, radius: number): { least: Float32Array; most: Float32Array } => ({
  least: extreme(extreme(plane, width, height, radius, 1, Math.min), width, height, radius, width, Math.min),
  most: extreme(extreme(plane, width, height, radius, 1, Math.max), width, height, radius, width, Math.max),
});

/** Along rows (`stride` 1) or columns (`stride` = width). */
const extreme = (
  plane: Float32Array,
  width: number,
  height: number,
  radius: number,
  stride: number,
  pick: (one: number, other: number) => number,
): Float32Array => {
  const out = new Float32Array(plane.length);
  const [length, lines, lineStride] = stride === 1 ? [width, height, width] : [height, width, 1];
  for (let line = 0; line < lines; line++) {
    for (let at = 0; at < length; at++) {
      let value = plane[line * lineStride + at * stride] ?? 0;
      for (let other = Math.max(0, at - radius); other <= Math.min(length - 1, at + radius); other++) {
        value = pick(value, plane[line * lineStride + other * stride] ?? 0);
      }
      out[line * lineStride + at * stride] = value;
    }
  }
  return out;
};
