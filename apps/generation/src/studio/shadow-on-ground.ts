import type { Rgb } from './colour-space';
import type { Raster } from './raster';

/** Levels (0..255) by which a shadow may differ from the darkened ground: rounding, a grade's included. */
const OFF = 4;
/** Levels from a pixel to the next within a shadow; the outline of a piece is steeper. */
const STEP = 10;
/** Share of the ground's light that is left in the deepest shadow, and by how much light may grow on the way in. */
const [DEEPEST, RISE] = [0.25, 0.02];

/**
 * Coverage (0..255 per pixel) without the shadow on an even coloured ground: what is the ground's own colour with less light, and
 * is reached from the bare ground in small steps. A piece of the ground's hue is kept by its outline.
 */
export const withoutShadow = (coverage: Uint8Array, { data, width, channels }: Raster, ground: Rgb): Uint8Array => {
  const power = ground.reduce((sum, level) => sum + level * level, 0);
  if (power === 0) return coverage;
  const lightAt = (pixel: number): number | null => {
    const at = channels * pixel;
    const light = ground.reduce((sum, level, channel) => sum + level * (data[at + channel] ?? 0), 0) / power;
    const isGround = ground.every((level, channel) => Math.abs((data[at + channel] ?? 0) - light * level) <= OFF);
    return isGround && light >= DEEPEST ? light : null;
  };
  const isNear = (one: number, other: number): boolean =>
    [0, 1, 2].every((channel) => Math.abs((data[channels * one + channel] ?? 0) - (data[channels * other + channel] ?? 0)) <= STEP);

  const piece = new Uint8Array(coverage);
  const besides = (pixel: number): number[] => {
    const x = pixel % width;
    const around = [x > 0 ? pixel - 1 : -1, x < width - 1 ? pixel + 1 : -1, pixel - width, pixel + width];
    return around.filter((beside) => piece[beside] !== undefined && piece[beside] !== 0);
  };

  const at = (pixel: number): number => piece[pixel] ?? 0;
  const reached: number[] = [];
  for (let pixel = 0; pixel < piece.length; pixel++) {
    if (at(pixel) === 0 && (at(pixel - 1) | at(pixel + 1) | at(pixel - width) | at(pixel + width)) !== 0) reached.push(pixel);
  }
  for (let pixel = reached.pop(); pixel !== undefined; pixel = reached.pop()) {
    const light = lightAt(pixel) ?? 1;
    for (const beside of besides(pixel)) {
      const own = isNear(pixel, beside) ? lightAt(beside) : null;
      if (own === null || own > light + RISE) continue;
      piece[beside] = 0;
      reached.push(beside);
    }
  }
  return piece;
};
