import { boxBlur } from '../box-blur';
import { labOf } from '../colour-space';
import { medianOf } from '../median';
import type { Raster } from '../raster';

/** Lightness of a ground in the shadow of a piece that touches it, as a share of the lit ground's, at most. */
const SHADED = 0.75;
/** How far colours may be from the ground's, in Lab a and b, for what is as colourless as its shadow. */
const COLOURLESS = 4;
/** How far a piece's must be, by the median, for its edge to be told from a shadow by colour. */
const COLOURED = 10;
/** Depth of what is taken for the piece and is shadow, in parts of the photo's longer side. */
const DEPTH = 0.006;
/**
 * Lightness that what lies further in may have more, and less, than the pixel before it: a shadow becomes darker towards what throws it, but
 * only by and by. A black stone begins at once.
 */
const [BRIGHTER, DARKER] = [3, 10] as const;

type Lab = readonly [lightness: number, a: number, b: number];

/** The ground at a pixel of a window (by reading order), as it is in the light. */
export type GroundAt = (at: number) => Lab;

/**
 * Takes the darkest of a shadow off a coloured piece (`coverage` 0..1, in place): where a piece touches its ground it is dark as nothing else
 * there, has the ground's hue, and goes on outside of the piece. `side`: the photo's longer one, px.
 */
export const dropContactShadow = (raster: Raster, coverage: Float32Array, groundAt: GroundAt, side: number): void => {
  const { data, width, channels } = raster;
  const colourAt = (at: number): Lab => labOf([data[at * channels] ?? 0, data[at * channels + 1] ?? 0, data[at * channels + 2] ?? 0]);
  if (medianOver(coverage, (at) => colourDistance(colourAt(at), groundAt(at))) < COLOURED) return;
  const isShadow = (at: number): boolean => {
    const [own, ground] = [colourAt(at), groundAt(at)];
    return own[0] < SHADED * ground[0] && colourDistance(own, ground) < COLOURLESS;
  };
  const taken = takenFrom(raster, coverage, Math.max(2, Math.round(DEPTH * side)), isShadow, (at) => colourAt(at)[0]);
  for (const at of taken) coverage[at] = 0;
  if (taken.length === 0) return;
  const soft = boxBlur(coverage, width, raster.height, 1);
  for (const at of taken)
    for (const near of [at - 1, at + 1, at - width, at + width])
      if ((coverage[near] ?? 0) > 0) coverage[near] = Math.min(coverage[near] ?? 0, soft[near] ?? 0);
};

/** Pixels of the piece that can be walked to from a shadow outside of it, in so many steps, without coming to a lighter one, or to a much darker one. */
const takenFrom = (
  { width, height }: Raster,
  coverage: Float32Array,
  most: number,
  isShadow: (at: number) => boolean,
  lightnessAt: (at: number) => number,
): number[] => {
  const neighbours = [-1, 1, -width, width];
  const isWithin = (at: number, step: number): boolean =>
    Math.abs(step) === 1 ? Math.floor((at + step) / width) === Math.floor(at / width) : at + step >= 0 && at + step < width * height;
  const reached = new Map<number, number>();
  for (let at = 0; at < coverage.length; at++) {
    if ((coverage[at] ?? 0) > 0) continue;
    if (neighbours.some((step) => (coverage[at + step] ?? 0) > 0 && isWithin(at, step)) && isShadow(at)) reached.set(at, 0);
  }
  const taken: number[] = [];
  // a map that grows while it is walked is walked to its end
  for (const [at, steps] of reached) {
    if (steps === most) continue;
    for (const step of neighbours) {
      const next = at + step;
      if (!isWithin(at, step) || reached.has(next) || (coverage[next] ?? 0) === 0) continue;
      const difference = lightnessAt(next) - lightnessAt(at);
      if (difference > BRIGHTER || difference < -DARKER || !isShadow(next)) continue;
      reached.set(next, steps + 1);
      taken.push(next);
    }
  }
  return taken;
};

const colourDistance = ([, a, b]: Lab, [, groundA, groundB]: Lab): number => Math.hypot(a - groundA, b - groundB);

/** Every so many pixels of the piece are looked at for a median. */
const EVERY = 37;

const medianOver = (coverage: Float32Array, measure: (at: number) => number): number => {
  const measures: number[] = [];
  for (let at = 0; at < coverage.length; at += EVERY) if (coverage[at] === 1) measures.push(measure(at));
  return medianOf(measures);
};
