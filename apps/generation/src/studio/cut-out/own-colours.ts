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
/** Share of a pixel that is taken for piece at least, where nothing around is all piece: the less there is, the less its colour says. */
const LEAST_SHARE = 0.2;
/** Levels (of 255, root of the sum of squares) between piece and ground below which a colour does not tell how much of it is ground. */
const DISTINCT = 30;

/** Red, green and blue, 0..255. */
type Colour = readonly [number, number, number];

/** Mean colours of what is all piece and of what is all ground around a pixel; null where there is nothing of it. */
interface Sides {
  piece: Colour | null;
  ground: Colour | null;
}

/**
 * The piece's own colours (3 per pixel; black where there is no piece): where the old ground shone through or was mirrored at the rim, what it
 * added is taken out. `coverage` is 0..1 per pixel.
 */
export const ownColours = (raster: Raster, coverage: Float32Array): Uint8Array => {
  const { data, width, height, channels } = raster;
  const colours = new Uint8Array(width * height * 3);
  const depth = boxBlur(coverage, width, height, DEPTH);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const share = coverage[at] ?? 0;
      if (share <= 0) continue;
      const colour: Colour = [data[at * channels] ?? 0, data[at * channels + 1] ?? 0, data[at * channels + 2] ?? 0];
      const deep = share >= SOLID && (depth[at] ?? 0) > DEEP;
      colours.set(deep ? colour : ownColour(colour, share, sidesOf(raster, coverage, depth, x, y)), 3 * at);
    }
  }
  return colours;
};

const sidesOf = ({ data, width, height, channels }: Raster, coverage: Float32Array, depth: Float32Array, x: number, y: number): Sides => {
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
  return {
    piece: solids > 0 ? [solidRed / solids, solidGreen / solids, solidBlue / solids] : null,
    ground: clears > 0 ? [clearRed / clears, clearGreen / clears, clearBlue / clears] : null,
  };
};

/** A colour without what the ground added to it. `share`: how much of the pixel is covered, 0..1. */
const ownColour = (colour: Colour, share: number, { piece, ground }: Sides): Colour => {
  if (!ground) return colour;
  const [red, green, blue] = colour;
  if (!piece) {
    const unmixed = (level: number, added: number): number => clamped((level - (1 - share) * added) / Math.max(LEAST_SHARE, share));
    return [unmixed(red, ground[0]), unmixed(green, ground[1]), unmixed(blue, ground[2])];
  }
  const way: Colour = [piece[0] - ground[0], piece[1] - ground[1], piece[2] - ground[2]];
  const more = 1 - (shareOfPiece(colour, ground, way) ?? share);
  return [clamped(red + more * way[0]), clamped(green + more * way[1]), clamped(blue + more * way[2])];
};

/** How far (0..1) a colour is on the way from the ground's to the piece's; null where these are too alike to tell. */
const shareOfPiece = ([red, green, blue]: Colour, ground: Colour, way: Colour): number | null => {
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
