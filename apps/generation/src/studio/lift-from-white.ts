import type { Ornament } from './cut-out-photo';
import { coverageOn, evenGroundOf, isWhite } from './flat-ground';
import type { Raster } from './raster';
import { boxOfCoverage } from './reframe';
import { regionsOf } from './regions';

/** px. Long side at which holes are told from white reflections. */
const SIDE = 600;
/** A white spot inside of a piece that takes less of the frame than this is a reflection; more is a hole. */
const REFLECTION = 0.002;
/** Coverage (0..255) from which a place belongs to the piece; below lies the veil of a shadow. */
const PIECE = 60;

/**
 * Lifts a piece off an even white ground (the studio's own), where what is not white is the piece: silver on white, which the
 * search for an outline would tear, stays whole. Null on any other ground.
 */
export const liftFromWhite = (picture: Raster): Ornament | null => {
  const ground = evenGroundOf(picture);
  if (!ground || !isWhite(ground)) return null;
  const coverage = coverageOn(ground, picture);
  const { width, height } = picture;
  const core = coreOf(coverage, width, height);
  const data = new Uint8Array(width * height * 4);
  const alphas = new Uint8Array(width * height);
  for (let pixel = 0; pixel < coverage.length; pixel++) {
    const alpha = core(pixel % width, Math.floor(pixel / width)) ? 255 : (coverage[pixel] ?? 0);
    if (alpha === 0) continue;
    alphas[pixel] = alpha;
    // a half-covered pixel is half white, which is taken out
    const share = Math.max(0.1, alpha / 255);
    for (let channel = 0; channel < 3; channel++) {
      const level = picture.data[3 * pixel + channel] ?? 0;
      data[4 * pixel + channel] = Math.max(0, Math.min(255, Math.round(255 - (255 - level) / share)));
    }
    data[4 * pixel + 3] = alpha;
  }
  const box = boxOfCoverage(alphas, width, height);
  return box ? { cutOut: { data, width, height, channels: 4 }, box, found: true, isSure: true } : null;
};

/** Tells whether a pixel lies well inside of the piece, reflections included. */
const coreOf = (coverage: Uint8Array, width: number, height: number): ((x: number, y: number) => boolean) => {
  const cell = Math.max(1, Math.ceil(Math.max(width, height) / SIDE));
  const [columns, rows] = [Math.ceil(width / cell), Math.ceil(height / cell)];
  const filled = new Uint8Array(columns * rows);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((coverage[y * width + x] ?? 0) > PIECE) filled[Math.floor(y / cell) * columns + Math.floor(x / cell)] = 1;
    }
  }
  for (const { area, touchesFrame, pixels } of regionsOf(filled, columns, rows, 0)) {
    if (!touchesFrame && area < REFLECTION * filled.length) for (const at of pixels) filled[at] = 1;
  }
  const inside = (column: number, row: number): boolean =>
    column >= 0 && column < columns && row >= 0 && row < rows && filled[row * columns + column] === 1;
  return (x, y) => {
    const [column, row] = [Math.floor(x / cell), Math.floor(y / cell)];
    return inside(column, row) && inside(column - 1, row) && inside(column + 1, row) && inside(column, row - 1) && inside(column, row + 1);
  };
};
