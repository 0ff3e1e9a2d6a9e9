import type { Raster } from '../raster';

/** px around a half-covered pixel in which its piece and its ground are looked for. */
const AROUND = 3;
/** Coverage from which a pixel is all piece, and below which it is all ground. */
const SOLID = 0.95;
const CLEAR = 0.05;

/**
 * The piece's own colours (3 per pixel; black where there is no piece): where the old ground shone through, what it added is
 * taken out. `coverage` is 0..1 per pixel.
 */
export const ownColours = ({ data, width, height, channels }: Raster, coverage: Float32Array): Uint8Array => {
  const colours = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const share = coverage[at] ?? 0;
      if (share <= 0) continue;
      for (let channel = 0; channel < 3; channel++) colours[3 * at + channel] = data[at * channels + channel] ?? 0;
      if (share >= SOLID) continue;
      let [solids, solidRed, solidGreen, solidBlue] = [0, 0, 0, 0];
      let [clears, clearRed, clearGreen, clearBlue] = [0, 0, 0, 0];
      for (let row = Math.max(0, y - AROUND); row <= Math.min(height - 1, y + AROUND); row++) {
        const last = row * width + Math.min(width - 1, x + AROUND);
        for (let neighbour = row * width + Math.max(0, x - AROUND); neighbour <= last; neighbour++) {
          const covered = coverage[neighbour] ?? 0;
          const from = neighbour * channels;
          if (covered >= SOLID) {
            solids++;
            solidRed += data[from] ?? 0;
            solidGreen += data[from + 1] ?? 0;
            solidBlue += data[from + 2] ?? 0;
          } else if (covered <= CLEAR) {
            clears++;
            clearRed += data[from] ?? 0;
            clearGreen += data[from + 1] ?? 0;
            clearBlue += data[from + 2] ?? 0;
          }
        }
      }
      const mixed: Mixed = { share, solids, clears };
      colours[3 * at] = ownLevel(data[at * channels] ?? 0, mixed, solidRed, clearRed);
      colours[3 * at + 1] = ownLevel(data[at * channels + 1] ?? 0, mixed, solidGreen, clearGreen);
      colours[3 * at + 2] = ownLevel(data[at * channels + 2] ?? 0, mixed, solidBlue, clearBlue);
    }
  }
  return colours;
};

/** How much of a pixel is piece, and how many pixels around it are all piece and all ground. */
interface Mixed {
  share: number;
  solids: number;
  clears: number;
}

/** The piece's level in a mixed pixel, with the sums of the levels of the pixels around that are all piece and all ground. */
const ownLevel = (level: number, { share, solids, clears }: Mixed, solid: number, clear: number): number => {
  const unmixed = clears > 0 ? (level - ((1 - share) * clear) / clears) / Math.max(0.2, share) : level;
  // the less of a pixel is piece, the less its own colour says about it
  const own = solids > 0 ? share * unmixed + ((1 - share) * solid) / solids : unmixed;
  return Math.max(0, Math.min(255, Math.round(own)));
};
