import { boxBlur } from '../box-blur';
import type { Raster } from '../raster';

/** px around a pixel of the edge in which its piece and its ground are looked for, and from one that is looked at to the next. */
const AROUND = 4;
const STEP = 2;
/** px: a pixel counts as piece, or as ground, by how much of the square so far around it is. */
const DEPTH = 2;
/** Share of that square from which nothing of the ground is in a pixel. */
const DEEP = 0.97;
/** Coverage from which a pixel is all piece, and below which it is all ground. */
const SOLID = 0.95;
const CLEAR = 0.05;
/** Levels (of 255, root of the sum of squares) between piece and ground below which a colour does not tell how much of it is ground. */
const DISTINCT = 30;

/**
 * The piece's own colours (3 per pixel; black where there is no piece): where the old ground shone through or was mirrored at the rim, what it
 * added is taken out. `coverage` is 0..1 per pixel.
 */
export const ownColours = (raster: Raster, coverage: Float32Array): Uint8Array => {
  const { data, width, height, channels } = raster;
  const colours = new Uint8Array(width * height * 3);
  const depth = boxBlur(coverage, width, height, DEPTH);
  const mixed: Mixed = { piece: [0, 0, 0], ground: [0, 0, 0], pieces: 0, grounds: 0 };
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const share = coverage[at] ?? 0;
      if (share <= 0) continue;
      const [red, green, blue] = [data[at * channels] ?? 0, data[at * channels + 1] ?? 0, data[at * channels + 2] ?? 0];
      colours[3 * at] = red;
      colours[3 * at + 1] = green;
      colours[3 * at + 2] = blue;
      if (share >= SOLID && (depth[at] ?? 0) > DEEP) continue;
      lookAround(mixed, raster, coverage, depth, x, y);
      if (mixed.pieces === 0 || mixed.grounds === 0) continue;
      const more = 1 - (shareOfPiece(mixed, red, green, blue) ?? share);
      colours[3 * at] = clamped(red + more * (mixed.piece[0] - mixed.ground[0]));
      colours[3 * at + 1] = clamped(green + more * (mixed.piece[1] - mixed.ground[1]));
      colours[3 * at + 2] = clamped(blue + more * (mixed.piece[2] - mixed.ground[2]));
    }
  }
  return colours;
};

/** Mean colours of the piece and of the ground around a pixel; and the weights of the pixels that they are means of. */
interface Mixed {
  piece: [number, number, number];
  ground: [number, number, number];
  pieces: number;
  grounds: number;
}

const lookAround = (
  mixed: Mixed,
  { data, width, height, channels }: Raster,
  coverage: Float32Array,
  depth: Float32Array,
  x: number,
  y: number,
): void => {
  let [solids, solidRed, solidGreen, solidBlue] = [0, 0, 0, 0];
  let [clears, clearRed, clearGreen, clearBlue] = [0, 0, 0, 0];
  for (let row = y - AROUND; row <= y + AROUND; row += STEP) {
    if (row < 0 || row >= height) continue;
    for (let column = x - AROUND; column <= x + AROUND; column += STEP) {
      if (column < 0 || column >= width) continue;
      const at = row * width + column;
      const covered = coverage[at] ?? 0;
      const from = at * channels;
      if (covered >= SOLID) {
        const weight = eighth(depth[at] ?? 0);
        solids += weight;
        solidRed += weight * (data[from] ?? 0);
        solidGreen += weight * (data[from + 1] ?? 0);
        solidBlue += weight * (data[from + 2] ?? 0);
      } else if (covered <= CLEAR) {
        const weight = eighth(1 - (depth[at] ?? 0));
        clears += weight;
        clearRed += weight * (data[from] ?? 0);
        clearGreen += weight * (data[from + 1] ?? 0);
        clearBlue += weight * (data[from + 2] ?? 0);
      }
    }
  }
  mixed.pieces = solids;
  mixed.grounds = clears;
  mixed.piece = [solidRed / solids, solidGreen / solids, solidBlue / solids];
  mixed.ground = [clearRed / clears, clearGreen / clears, clearBlue / clears];
};

/** How far (0..1) a colour is on the way from the ground's to the piece's; null where these are too alike to tell. */
const shareOfPiece = ({ piece, ground }: Mixed, red: number, green: number, blue: number): number | null => {
  const way = [piece[0] - ground[0], piece[1] - ground[1], piece[2] - ground[2]] as const;
  const length = way[0] ** 2 + way[1] ** 2 + way[2] ** 2;
  if (length < DISTINCT ** 2) return null;
  const gone = (red - ground[0]) * way[0] + (green - ground[1]) * way[1] + (blue - ground[2]) * way[2];
  return Math.max(0, Math.min(1, gone / length));
};

/** To the power of eight: what lies deep counts above all. */
const eighth = (depth: number): number => {
  const square = depth * depth;
  const fourth = square * square;
  return fourth * fourth;
};

const clamped = (level: number): number => Math.max(0, Math.min(255, Math.round(level)));
