import { boxBlur } from './box-blur';
import type { Rgb } from './colour-space';
import { finish, pipeline, type Raster } from './raster';

/** What a softer shadow keeps of its darkness, one step. */
const SOFTER = 0.45;
/** Opacity (0..255) from which a pixel belongs to the piece. */
const PIECE = 10;
/** How far from a half-covered pixel its shadow is looked for on bare ground, in parts of the longer side. */
const EDGE = 0.003;
/** Softness and drop of an added shadow, in parts of the longer side, and its darkness for one step. */
const ADDED = { softness: 0.012, drop: 0.008, darkness: 0.22 } as const;

/**
 * Changes the shadow on an even ground and leaves the piece (`coverage`, 0..255 per pixel) as it is, pixel for pixel; at its edge, the
 * share of the ground that shows through. `amount` below 0 makes it fainter, -Infinity takes it away, above 0 lays one more under the piece.
 */
export const changeShadow = async (picture: Raster, coverage: Uint8Array, ground: Rgb, amount: number): Promise<Raster> =>
  amount > 0 ? addShadow(picture, coverage, amount) : fadeShadow(picture, coverage, ground, amount === -Infinity ? 0 : SOFTER ** -amount);

/** @param kept share of the shadow that stays */
const fadeShadow = (picture: Raster, coverage: Uint8Array, ground: Rgb, kept: number): Raster => {
  const { width, height } = picture;
  const bare = Float32Array.from(coverage, (covered) => (covered > PIECE ? 0 : 1));
  const radius = Math.max(2, Math.round(EDGE * Math.max(width, height)));
  const bareNearby = boxBlur(bare, width, height, radius);
  const data = new Uint8Array(picture.data);
  ground.forEach((level, channel) => {
    const taken = Float32Array.from(bare, (isBare, pixel) => isBare * (level - (picture.data[3 * pixel + channel] ?? level)));
    const takenNearby = boxBlur(taken, width, height, radius);
    for (let pixel = 0; pixel < coverage.length; pixel++) {
      const share = bareNearby[pixel] ?? 0;
      const covered = coverage[pixel] ?? 0;
      if (covered === 255 || share === 0) continue;
      const shadow = covered > PIECE ? ((1 - covered / 255) * (takenNearby[pixel] ?? 0)) / share : (taken[pixel] ?? 0);
      data[3 * pixel + channel] = Math.max(0, Math.min(255, Math.round((data[3 * pixel + channel] ?? level) + (1 - kept) * shadow)));
    }
  });
  return { ...picture, data };
};

const addShadow = async (picture: Raster, coverage: Uint8Array, amount: number): Promise<Raster> => {
  const { width, height } = picture;
  const side = Math.max(width, height);
  const drop = Math.round(ADDED.drop * side);
  const fallen = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * (height - drop); pixel++)
    fallen.fill(coverage[pixel] ?? 0, 3 * (pixel + drop * width), 3 * (pixel + drop * width) + 3);
  const cast = await finish(pipeline({ data: fallen, width, height, channels: 3 }).blur(Math.max(0.5, ADDED.softness * side)));
  const data = new Uint8Array(picture.data);
  const darkness = Math.min(0.6, ADDED.darkness * amount) / 255;
  for (let pixel = 0; pixel < coverage.length; pixel++) {
    const light = 1 - darkness * (cast.data[3 * pixel] ?? 0) * (1 - (coverage[pixel] ?? 0) / 255);
    for (let channel = 0; channel < 3; channel++) data[3 * pixel + channel] = Math.round((data[3 * pixel + channel] ?? 0) * light);
  }
  return { ...picture, data };
};
