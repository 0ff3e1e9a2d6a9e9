import { meanOf, meanWhere } from '../evidence';
import { medianOf } from '../median';
import { regionsOf, type Region } from '../regions';
import { FEATURES, foreignnessAt, writeRelativeAt } from './features';
import type { FirstLook } from './first-look';
import { localGround } from './local-ground';

/** px of the small raster: smaller holes are noise. */
const PINHOLE = 4;
/** Holes above this share of the picture are a ring's inside, whatever they show. */
export const OPENING = 0.015;
/** Spreads from which a hole's pixel is no ground. */
const FOREIGN = 6;
/** L* units below the ground around that no shadow between the parts of a piece reaches: a dark facet does. */
const DARKEST_SHADOW = 55;
/**
 * Sharpness above the ground's own (`focusEvidence`'s measure) that only facets have: of a small hole, and of one of any
 * depth, times that depth in px. A hole's inside is smooth but for what its outline blurs into it, the less the deeper it is.
 */
export const FACETS = 40;
export const DEEP_FACETS = 125;
/**
 * Share of a larger hole, and of its rim, that must on average be strange to the ground across the outline to be a stone in
 * its setting: what is seen through a ring goes on outside of it. Holes above a share of the picture are openings even so.
 */
const SET_STONE = 0.6;
const LARGEST_STONE = 0.06;
/** px beyond which a hole's depth is not followed. */
const DEEPEST = 11;
/** px from the piece within which a hole is compared with the ground across the outline. */
const RIM = 6;

/** Fills the holes of a piece that do not show the ground around: facets of clear stones, dark facets, glints. In place. */
export const fillHoles = (mask: Uint8Array, { lab, variation, focus, spread, cluttered }: FirstLook): void => {
  const { width, height } = lab;
  const grounds = regionsOf(mask, width, height, 0);
  const holes = grounds.filter(({ touchesFrame, area }) => !touchesFrame && area < (cluttered ? LARGEST_STONE : OPENING) * mask.length);
  if (holes.length === 0) return;
  const outside = new Uint8Array(mask.length);
  for (const region of grounds) if (region.touchesFrame) for (const at of region.pixels) outside[at] = 1;
  const ground = localGround(lab, outside);
  const different = new Float32Array(FEATURES);
  const foreignAt = (at: number): number => {
    writeRelativeAt(different, 0, lab, ground, variation, at);
    return foreignnessAt(different, 0, spread);
  };
  const usual = meanWhere(focus, outside);
  for (const hole of holes) {
    const { inside, rim, depth } = insideOf(hole, mask, width);
    const strangersAmong = (pixels: number[]): number => pixels.filter((at) => foreignAt(at) > FOREIGN).length / Math.max(1, pixels.length);
    if (hole.area >= OPENING * mask.length) {
      // what is in focus is the piece, and a large stone's table is smooth: the gate has shut it out
      if ((strangersAmong(rim) + strangersAmong(inside)) / 2 > SET_STONE) for (const at of hole.pixels) mask[at] = 1;
      continue;
    }
    const strangers = strangersAmong(inside);
    const darker = -medianOf(inside.map((at) => (lab.l[at] ?? 0) - (ground.l[at] ?? 0)));
    const facets = meanOf(focus, inside) - usual;
    const unlike = strangers > 0.6 || darker > DARKEST_SHADOW || facets > FACETS || facets * (depth + 1) > DEEP_FACETS;
    if (hole.area < PINHOLE || (inside.length > 0 && unlike)) for (const at of hole.pixels) mask[at] = 1;
  }
};

/** A hole's pixels that do not touch the piece, those of them near it, and how many px (along rows and columns) the deepest is away from it. */
const insideOf = ({ pixels }: Region, mask: Uint8Array, width: number): { inside: number[]; rim: number[]; depth: number } => {
  const inside: number[] = [];
  const rim: number[] = [];
  let depth = 0;
  for (const at of pixels) {
    let steps = 0;
    while (steps < DEEPEST && isClear(mask, at, steps + 1, width)) steps++;
    if (steps > 0) inside.push(at);
    if (steps > 0 && steps < RIM) rim.push(at);
    depth = Math.max(depth, steps);
  }
  return { inside, rim, depth };
};

const isClear = (mask: Uint8Array, at: number, step: number, width: number): boolean =>
  !mask[at - step] && !mask[at + step] && !mask[at - step * width] && !mask[at + step * width];
