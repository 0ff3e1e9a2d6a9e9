import { labPlanes } from './colour-space';
import { colourEvidence, focusEvidence, percentile } from './evidence';
import { borderMask, modelGround } from './ground-model';
import type { OpenCv } from './opencv';
import type { Raster } from './raster';
import { regionsOf, type Region } from './regions';

/** px. grabCut takes 1.0 s on 512 x 512 and 6.2 s on 1024 x 1024 (measured), so the decision is made small. */
export const DECISION_SIDE = 512;

const GRABCUT_ROUNDS = 2;
/** Below this share of explained border the ground is clutter, and sharpness tells the piece better than colour. */
const CLUTTERED = 0.85;
/** Evidence, in spreads of the ground, from which a pixel probably belongs to the piece. */
const LIKELY = 6.5;
/** Specks below this share of the picture are dust, grain or JPEG noise. */
const SPECK = 0.0004;
/** Holes below this share of the picture are facets that show the ground through a stone. */
const PINHOLE = 0.0001;
/** Holes below this share of the picture that glitter are clear stones: they show the ground, but facet by facet. */
const STONE = 0.004;
/** How much sharper than a likely piece a hole must be to be a stone. */
const GLITTER = 2.2;
/** Holes with more than this much of a piece's evidence are parts of the piece that grabCut missed, such as a dark facet. */
const FOREIGN_HOLE = 1.5;

/** Evidence on a scale that grabCut's Gaussians like: logarithmic, 0..255, `likely` in the middle. */
const scaled = (evidence: number, likely: number): number => Math.min(255, Math.round(128 * Math.log2(1 + evidence / likely)));

/**
 * Decides which pixels of a small raster (at most `DECISION_SIDE` px) are the piece: 1, or 0 for ground, a ring's inside
 * included. Seeds come from how unlike the modelled ground a pixel is; grabCut then finds the outline on that evidence
 * rather than on the photo, so that gradients and most shadows are already gone.
 */
export const cutOut = (cv: OpenCv, small: Raster): Uint8Array => {
  const { width, height } = small;
  const lab = labPlanes(small);
  const model = modelGround(lab);
  const border = borderMask(width, height);
  const focus = focusEvidence(lab);
  const cluttered = model.explained < CLUTTERED;
  const likelyFocus = Math.max(cluttered ? 5 : 8, (cluttered ? 1.5 : 2) * percentile(focus, border, 0.95));
  const colour = colourEvidence(lab, model, focus, likelyFocus);
  const likelyColour = Math.max(LIKELY, percentile(colour, border, cluttered ? 0.9 : 0.95));

  const features = new Uint8Array(width * height * 3);
  const seeds = new Uint8Array(width * height);
  for (let at = 0; at < seeds.length; at++) {
    const byColour = (colour[at] ?? 0) / likelyColour;
    const byFocus = (focus[at] ?? 0) / likelyFocus;
    const evidence = cluttered ? byFocus : byColour;
    features[3 * at] = scaled(byColour, 1) * (cluttered ? 0.3 : 1);
    features[3 * at + 1] = scaled(byFocus, 1) * (cluttered ? 1 : 0.3);
    features[3 * at + 2] = cluttered ? 0 : Math.max(0, Math.min(255, 128 + ((lab.l[at] ?? 0) - (model.ground.l[at] ?? 0)) * 0.8));
    if (evidence > 5) seeds[at] = cv.GC_FGD;
    else if (evidence > 1) seeds[at] = cv.GC_PR_FGD;
    else if (border[at] && evidence < 0.6) seeds[at] = cv.GC_BGD;
    else seeds[at] = evidence < 0.25 ? cv.GC_BGD : cv.GC_PR_BGD;
  }
  const mask = grabCut(cv, features, seeds, width, height);
  return tidy(mask, { colour, likelyColour, focus, likelyFocus, cluttered }, width, height);
};

const grabCut = (cv: OpenCv, features: Uint8Array, seeds: Uint8Array, width: number, height: number): Uint8Array => {
  const piece = seeds.some((seed) => seed === cv.GC_FGD || seed === cv.GC_PR_FGD);
  const ground = seeds.some((seed) => seed === cv.GC_BGD || seed === cv.GC_PR_BGD);
  if (!piece || !ground) return new Uint8Array(seeds.length);
  const image = new cv.Mat(height, width, cv.CV_8UC3);
  const mask = new cv.Mat(height, width, cv.CV_8UC1);
  const backgroundModel = new cv.Mat();
  const foregroundModel = new cv.Mat();
  try {
    image.data.set(features);
    mask.data.set(seeds);
    // grabCut clusters from OpenCV's random numbers: the same seed each time, for the same picture each time
    cv.setRNGSeed(1);
    cv.grabCut(image, mask, new cv.Rect(0, 0, width, height), backgroundModel, foregroundModel, GRABCUT_ROUNDS, cv.GC_INIT_WITH_MASK);
    return mask.data.map((label) => (label === cv.GC_FGD || label === cv.GC_PR_FGD ? 1 : 0));
  } finally {
    for (const matrix of [image, mask, backgroundModel, foregroundModel]) matrix.delete();
  }
};

interface Evidence {
  colour: Float32Array;
  likelyColour: number;
  focus: Float32Array;
  likelyFocus: number;
  cluttered: boolean;
}

const mean = (plane: Float32Array, { pixels, area }: Region): number => pixels.reduce((sum, at) => sum + (plane[at] ?? 0), 0) / area;

/** Drops specks, and fills holes that are too small or too unlike the ground to be holes. */
const tidy = (mask: Uint8Array, evidence: Evidence, width: number, height: number): Uint8Array => {
  const pieces = regionsOf(mask, width, height, 1);
  const largest = pieces.reduce((most, region) => Math.max(most, region.area), 0);
  for (const region of pieces) {
    const speck = region.area < Math.max(SPECK * mask.length, 0.02 * largest);
    if (speck || isScratch(region, mask, width, height)) for (const at of region.pixels) mask[at] = 0;
  }
  for (const hole of regionsOf(mask, width, height, 0)) {
    if (hole.touchesFrame) continue;
    const pinhole = hole.area < PINHOLE * mask.length;
    const stone = hole.area < STONE * mask.length && mean(evidence.focus, hole) > GLITTER * evidence.likelyFocus;
    const foreign = !evidence.cluttered && mean(evidence.colour, hole) > FOREIGN_HOLE * evidence.likelyColour;
    if (pinhole || stone || foreign) for (const at of hole.pixels) mask[at] = 1;
  }
  return mask;
};

/** True for a region that is nowhere 3 px wide: the gap between two boards, a vein, a hair. */
const isScratch = (region: Region, mask: Uint8Array, width: number, height: number): boolean =>
  !region.pixels.some((at) => {
    const x = at % width;
    const y = (at - x) / width;
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) return false;
    for (let dy = -width; dy <= width; dy += width) {
      if (!mask[at + dy - 1] || !mask[at + dy] || !mask[at + dy + 1]) return false;
    }
    return true;
  });
