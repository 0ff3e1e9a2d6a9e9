import { decide, forDecision } from './cut-out/decide';
import { ownColours } from './cut-out/own-colours';
import { refine } from './cut-out/refine';
import type { OpenCv } from './opencv';
import type { Raster } from './raster';

/** px, right and bottom exclusive. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A photographed piece without its ground. */
export interface Ornament {
  /** 4 channels, in the photo's own frame and position; colours are the piece's also where it is half transparent */
  cutOut: Raster;
  /** the smallest box that holds the piece */
  box: Box;
  /** false when no piece was told from the ground: the whole photo is kept then */
  found: boolean;
  /** false when it was told without certainty: somebody should look at its edges */
  isSure: boolean;
}

export const NOT_SURE = 'I am not sure where the ornament ends, so please look at its edges.';

/** A decision that covers less or more of the photo than this has failed: it found dust, or took the ground for the piece. */
const CREDIBLE_SHARE = [0.002, 0.92] as const;
/**
 * Mean log odds of what is decided to be the piece, each counted up to 6, from which the decision is sure. Of photos whose piece is told to 0.9 of
 * IoU and better all are above, of those below 0.85 most are below (docs/performance.md).
 */
const SURE = 4.8;
const SUREST = 6;
/** px of the small decision that its edge may be off; the full-size search goes as far. */
const DECISION_ERROR = 2.5;

/** Finds the piece on a photo (3 channels) and lifts it off its ground. */
export const cutOutPhoto = async (cv: OpenCv, photo: Raster): Promise<Ornament> => {
  const { width, height } = photo;
  const { small, scale } = await forDecision(photo);
  const decision = decide(cv, small);
  if (!decision) return wholePhoto(photo);
  const mask = new Uint8Array(decision.odds.length);
  let pixels = 0;
  for (let at = 0; at < mask.length; at++) if ((decision.odds[at] ?? 0) > 0) pixels += mask[at] = 1;
  const share = pixels / mask.length;
  if (share < CREDIBLE_SHARE[0] || share > CREDIBLE_SHARE[1]) return wholePhoto(photo);

  const reach = Math.max(2, Math.round(DECISION_ERROR / scale));
  const smallBox = boxOf(mask, small.width, small.height);
  const box: Box = {
    left: Math.max(0, Math.floor(smallBox.left / scale) - 2 * reach),
    top: Math.max(0, Math.floor(smallBox.top / scale) - 2 * reach),
    right: Math.min(width, Math.ceil(smallBox.right / scale) + 2 * reach),
    bottom: Math.min(height, Math.ceil(smallBox.bottom / scale) + 2 * reach),
  };
  const window = crop(photo, box);
  const coverage = refine(cv, { left: box.left, top: box.top, raster: window }, width, height, decision);
  const colours = ownColours(window, coverage);
  const alpha = new Uint8Array(coverage.length);
  for (let at = 0; at < alpha.length; at++) alpha[at] = Math.round(255 * (coverage[at] ?? 0));
  return { cutOut: inFrame(photo, { alpha, colours }, box), box: { ...box }, found: true, isSure: areSure(decision.odds) };
};

const areSure = (odds: Float32Array): boolean => {
  const ofPiece = odds.filter((value) => value > 0);
  return ofPiece.reduce((sum, value) => sum + Math.min(SUREST, value), 0) >= SURE * ofPiece.length;
};

const boxOf = (mask: Uint8Array, width: number, height: number): Box => {
  const box = { left: width, top: height, right: 0, bottom: 0 };
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (!mask[at]) continue;
      box.left = Math.min(box.left, x);
      box.top = Math.min(box.top, y);
      box.right = Math.max(box.right, x + 1);
      box.bottom = y + 1;
    }
  }
  return box;
};

/** A copy of the part of a raster inside a box. */
export const crop = ({ data, width, channels }: Raster, box: Box): Raster => {
  const columns = box.right - box.left;
  const rows = box.bottom - box.top;
  const part = new Uint8Array(columns * rows * channels);
  for (let row = 0; row < rows; row++) {
    const from = ((box.top + row) * width + box.left) * channels;
    part.set(data.subarray(from, from + columns * channels), row * columns * channels);
  }
  return { data: part, width: columns, height: rows, channels };
};

const inFrame = (photo: Raster, edge: { alpha: Uint8Array; colours: Uint8Array }, box: Box): Raster => {
  const { width, height } = photo;
  const data = new Uint8Array(width * height * 4);
  const columns = box.right - box.left;
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) {
      const from = (y - box.top) * columns + x - box.left;
      if (edge.alpha[from] === 0) continue;
      const to = 4 * (y * width + x);
      data[to] = edge.colours[3 * from] ?? 0;
      data[to + 1] = edge.colours[3 * from + 1] ?? 0;
      data[to + 2] = edge.colours[3 * from + 2] ?? 0;
      data[to + 3] = edge.alpha[from] ?? 0;
    }
  }
  return { data, width, height, channels: 4 };
};

const wholePhoto = (photo: Raster): Ornament => {
  const { width, height, channels } = photo;
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at++) {
    for (let channel = 0; channel < 3; channel++) data[4 * at + channel] = photo.data[at * channels + channel] ?? 0;
  }
  return {
    cutOut: { data, width, height, channels: 4 },
    box: { left: 0, top: 0, right: width, bottom: height },
    found: false,
    isSure: false,
  };
};
