import type { Raster } from '../raster';

/** px around a half-covered pixel in which its piece and its ground are looked for. */
const AROUND = 3;
/** Coverage from which a pixel is all piece, and below which it is all ground. */
const SOLID = 0.95;
const CLEAR = 0.05;

/**
 * The piece's own colours (3 per pixel): where the old ground shone through, what it added is taken out. `coverage` is
 * 0..1 per pixel.
 */
export const ownColours = ({ data, width, height, channels }: Raster, coverage: Float32Array): Uint8Array => {
  const colours = new Uint8Array(width * height * 3);
  const solid: [number, number, number] = [0, 0, 0];
  const clear: [number, number, number] = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const share = coverage[at] ?? 0;
      for (let channel = 0; channel < 3; channel++) colours[3 * at + channel] = data[at * channels + channel] ?? 0;
      if (share <= 0 || share >= SOLID) continue;
      solid.fill(0);
      clear.fill(0);
      let solids = 0;
      let clears = 0;
      for (let row = Math.max(0, y - AROUND); row <= Math.min(height - 1, y + AROUND); row++) {
        for (let column = Math.max(0, x - AROUND); column <= Math.min(width - 1, x + AROUND); column++) {
          const neighbour = row * width + column;
          const covered = coverage[neighbour] ?? 0;
          const side = covered >= SOLID ? solid : covered <= CLEAR ? clear : null;
          if (!side) continue;
          if (side === solid) solids++;
          else clears++;
          for (let channel = 0; channel < 3; channel++) side[channel] = (side[channel] ?? 0) + (data[neighbour * channels + channel] ?? 0);
        }
      }
      for (let channel = 0; channel < 3; channel++) {
        const level = data[at * channels + channel] ?? 0;
        const unmixed = clears > 0 ? (level - ((1 - share) * (clear[channel] ?? 0)) / clears) / Math.max(0.2, share) : level;
        // the less of a pixel is piece, the less its own colour says about it
        const own = solids > 0 ? share * unmixed + ((1 - share) * (solid[channel] ?? 0)) / solids : unmixed;
        colours[3 * at + channel] = Math.max(0, Math.min(255, Math.round(own)));
      }
    }
  }
  return colours;
};
