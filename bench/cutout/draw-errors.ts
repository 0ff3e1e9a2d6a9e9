import type { Raster } from '../../apps/generation/src/studio/raster';
import type { Plane } from './score';

/** The photo, dimmed, with what was missed in red, what was taken too much in blue, and what is right in its own colours. */
export const drawErrors = (photo: Raster, alpha: Uint8Array, { data: truth, width, height }: Plane): Raster => {
  const data = new Uint8Array(3 * width * height);
  for (let at = 0; at < truth.length; at++) {
    const missed = Math.max(0, (truth[at] ?? 0) - (alpha[at] ?? 0)) / 255;
    const tooMuch = Math.max(0, (alpha[at] ?? 0) - (truth[at] ?? 0)) / 255;
    const share = (truth[at] ?? 0) >= 128 ? 1 : 0.45;
    for (let channel = 0; channel < 3; channel++) {
      const level = share * (photo.data[3 * at + channel] ?? 0);
      const marked = channel === 0 ? missed : channel === 2 ? tooMuch : 0;
      data[3 * at + channel] = level * (1 - Math.max(missed, tooMuch)) + 255 * marked;
    }
  }
  return { data, width, height, channels: 3 };
};
