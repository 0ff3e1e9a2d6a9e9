import { boxBlur } from '../box-blur';
import { labPlanes, type LabPlanes } from '../colour-space';
import { focusEvidence, percentile } from '../evidence';
import { bareBorder, modelGround, spreadOf, type GroundModel } from '../ground-model';
import type { OpenCv } from '../opencv';
import type { Raster } from '../raster';
import { foreignness, texture } from './features';
import { localGround } from './local-ground';
import { LEAST_SHARP, sharpnessBeforeClutter, sharpnessOfRows, sharpParts } from './sharpness';

/** log odds beyond which nothing is surer. */
export const MOST_ODDS = 8;
/** L*a*b* units that a ground strays from a smooth surface (90th percentile, texture averaged out) when it is cluttered, */
const CLUTTER = 6;
/** or when it is in focus, from which it is modelled by what is near instead of by the surface. */
const STRAYING = 20;
/** Share of the border that must be left when what is near anything sharp is no part of it. */
const LEAST_BORDER = 0.25;
/** Sharpness of its calmest rows below which a cluttered ground is out of focus, so that sharpness tells the piece. */
const BLURRED = 14;
/** Spreads from the ground at which a pixel is likelier piece than ground: bounds of what the border's own spread says. */
const LIKELY = [4, 6] as const;
/** Foreignness, in spreads, from which a pixel surely is not taught to the ground's model. */
const SURELY_FOREIGN = 6;
/** Share of the long side within which a pixel's surroundings are. */
const AROUND = 0.01;
/** Bounds of the sharpness around a pixel from which its foreignness counts in full. */
const NEAR = [3, 8] as const;

/** What one look at a small raster tells, before anything is learned from it. */
export interface FirstLook {
  lab: LabPlanes;
  /** see `texture` */
  variation: Float32Array;
  /** see `focusEvidence` */
  focus: Float32Array;
  /** sharpness, row by row, that a piece's outline has */
  sharp: Float32Array;
  /** spread of lightness, a and b of the ground about its model (standard deviations) */
  spread: readonly [number, number, number];
  /** true when the ground is a blurred clutter, from which a piece differs by being in focus */
  cluttered: boolean;
  /** 0..1: how near a pixel is to anything sharp */
  gate: Float32Array;
  /** log odds of the piece */
  odds: Float32Array;
}

/**
 * The border without what is near anything sharp: a piece that leaves the picture is no ground, and a clutter out of focus is not sharp.
 * The whole where little else is left.
 */
const calmPartOf = (border: Uint8Array, around: Float32Array): Uint8Array => {
  const calm = border.map((edge, at) => (edge && (around[at] ?? 0) < LEAST_SHARP ? 1 : 0));
  const area = (mask: Uint8Array): number => mask.reduce((sum, value) => sum + value, 0);
  return area(calm) < LEAST_BORDER * area(border) ? border : calm;
};

/** How far the border's ground strays from its model, texture averaged out (L*a*b* units, 90th percentile). */
const strays = (lab: LabPlanes, ground: LabPlanes, border: Uint8Array): number => {
  const { width, height } = lab;
  const rest = new Float32Array(lab.l.length);
  const squares = new Float32Array(lab.l.length);
  for (const [plane, model] of [
    [lab.l, ground.l],
    [lab.a, ground.a],
    [lab.b, ground.b],
  ] as const) {
    for (let at = 0; at < rest.length; at++) rest[at] = (plane[at] ?? 0) - (model[at] ?? 0);
    const calm = boxBlur(rest, width, height, 4);
    for (let at = 0; at < squares.length; at++) squares[at] = (squares[at] ?? 0) + (calm[at] ?? 0) ** 2;
  }
  return Math.sqrt(percentile(squares, border, 0.9));
};

/** Looks for what is unlike the ground: first a smooth surface fitted from the border, or what is near where no surface fits. */
export const firstLook = (cv: OpenCv, small: Raster): FirstLook => {
  const { width, height } = small;
  const lab = labPlanes(small);
  const focus = focusEvidence(lab);
  const bare = bareBorder(focus, width, height);
  const border = bare.mask;
  const variation = texture(lab);
  const surface = modelGround(lab, bare);
  const around = boxBlur(focus, width, height, Math.round(AROUND * Math.max(width, height)));
  const clutter = strays(lab, surface.ground, calmPartOf(border, around));
  const rows = sharpnessOfRows(focus, border, width, height);
  // in a border as narrow as that, next to no texture is averaged out
  const cluttered =
    clutter > (bare.isFilled ? STRAYING : CLUTTER) && rows.reduce((least, value) => Math.min(least, value), Infinity) < BLURRED;
  const sharp = cluttered ? sharpnessBeforeClutter(rows, focus, border) : rows;
  const known = { lab, variation, focus, sharp, cluttered };
  const { ground, spread } = cluttered || clutter > STRAYING ? nearbyGround(known, surface) : surface;
  const foreign = foreignness(lab, ground, variation, spread);
  const likely = Math.min(LIKELY[1], Math.max(LIKELY[0], percentile(foreign, border, 0.95)));
  const gate = cluttered ? sharpParts(cv, focus, sharp, width, height) : nearSharp(around, border);
  const odds = foreign;
  for (let y = 0, at = 0; y < height; y++) {
    const sharpHere = sharp[y] ?? 0;
    for (let x = 0; x < width; x++, at++) {
      const strangeness = (foreign[at] ?? 0) / likely;
      const sharpness = cluttered ? 0.5 * Math.max(0, Math.min(2, (focus[at] ?? 0) / sharpHere - 1)) : 0;
      const evidence = 3 * Math.log2(Math.max(1e-3, strangeness * (1 + sharpness) * (gate[at] ?? 0)));
      // what is foreign but soft is taught to neither side
      odds[at] = Math.max(strangeness > 1 && !cluttered ? 0 : -MOST_ODDS, Math.min(MOST_ODDS, evidence));
    }
  }
  return { ...known, spread, gate, odds };
};

/** 0..1: how sharp the surroundings of each pixel are, where all the ground is in focus or all of it is smooth. */
const nearSharp = (around: Float32Array, border: Uint8Array): Float32Array => {
  const likely = Math.min(NEAR[1], Math.max(NEAR[0], 1.5 * percentile(around, border, 0.9)));
  return around.map((sharpness) => Math.min(1, sharpness / likely));
};

type Known = Pick<FirstLook, 'lab' | 'variation' | 'focus' | 'sharp' | 'cluttered'>;

/** The ground as the mean of what is near and neither sharp nor surely foreign to the surface, and its spread about that. */
const nearbyGround = ({ lab, variation, focus, sharp, cluttered }: Known, surface: GroundModel): Pick<GroundModel, 'ground' | 'spread'> => {
  const { width, height } = lab;
  const strange = cluttered ? null : foreignness(lab, surface.ground, variation, surface.spread);
  const spotted = new Float32Array(focus.length);
  for (let at = 0; at < focus.length; at++) {
    const isSharp = (focus[at] ?? 0) > (sharp[Math.floor(at / width)] ?? 0);
    spotted[at] = isSharp || (strange?.[at] ?? 0) > SURELY_FOREIGN ? 1 : 0;
  }
  const spots = boxBlur(spotted, width, height, Math.round(0.012 * Math.max(width, height)));
  const believed = new Uint8Array(spots.length);
  for (let at = 0; at < spots.length; at++) believed[at] = spots[at] ? 0 : 1;
  const ground = localGround(lab, believed);
  const spread = [
    spreadOf(lab.l, ground.l, believed, surface.least[0]),
    spreadOf(lab.a, ground.a, believed, surface.least[1]),
    spreadOf(lab.b, ground.b, believed, surface.least[2]),
  ] as const;
  return { ground, spread };
};
