import type { Ornament } from './cut-out-photo';
import type { Raster } from './raster';

/** Luma at which the brightest half percent of a piece counts as well exposed; below it the photo is dull. */
const WELL_EXPOSED = 232;
/** Most that exposure is raised: metal and stone stay what they are, and a shop may lay the result over the photo. */
const MOST_EXPOSURE = 1.035;
/** A ground whose channels differ by this share of their mean is a neutral one in coloured light; more is a colour of its own. */
const CAST = [0.02, 0.12] as const;
/** Share of a cast that is taken out, and the most that a channel is changed. */
const CORRECTION = { share: 0.7, most: 0.025 };
/** A darker ground tells little of the light. */
const DARKEST_GROUND = 120;
/** Every so many pixels are looked at. */
const STRIDE = 5;

/** Factors of the three channels. */
export type Gains = readonly [red: number, green: number, blue: number];

const UNTOUCHED: Gains = [1, 1, 1];

/**
 * How the light of a photo is to be put right, judged by what is certain: a dull exposure by the piece's brightest parts, a
 * colour cast by a ground that is nearly neutral. A well-lit photo is not touched at all.
 */
export const lightOf = (photo: Raster, { cutOut }: Ornament): Gains => {
  const ground: [number, number, number] = [0, 0, 0];
  let groundPixels = 0;
  const lumas = new Float32Array(Math.ceil((photo.width * photo.height) / STRIDE));
  let piecePixels = 0;
  for (let pixel = 0; pixel < photo.width * photo.height; pixel += STRIDE) {
    const at = photo.channels * pixel;
    const red = photo.data[at] ?? 0;
    const green = photo.data[at + 1] ?? 0;
    const blue = photo.data[at + 2] ?? 0;
    const alpha = cutOut.data[4 * pixel + 3] ?? 0;
    if (alpha === 0) {
      ground[0] += red;
      ground[1] += green;
      ground[2] += blue;
      groundPixels++;
    } else if (alpha > 240) lumas[piecePixels++] = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
  const exposure = exposureOf(lumas.subarray(0, piecePixels));
  const balance = groundPixels === 0 ? UNTOUCHED : balanceOf(ground.map((sum) => sum / groundPixels));
  return [exposure * balance[0], exposure * balance[1], exposure * balance[2]];
};

const exposureOf = (lumas: Float32Array): number => {
  lumas.sort();
  const bright = lumas[lumas.length - 1 - Math.floor(lumas.length * 0.005)];
  return bright === undefined || bright >= WELL_EXPOSED ? 1 : Math.min(MOST_EXPOSURE, WELL_EXPOSED / Math.max(1, bright));
};

const balanceOf = (ground: number[]): Gains => {
  const mean = ground.reduce((sum, level) => sum + level, 0) / 3;
  const cast = (Math.max(...ground) - Math.min(...ground)) / Math.max(1, mean);
  if (mean < DARKEST_GROUND || cast < CAST[0] || cast > CAST[1]) return UNTOUCHED;
  const gain = (level: number): number => {
    const wanted = CORRECTION.share * (mean / Math.max(1, level) - 1);
    return 1 + Math.max(-CORRECTION.most, Math.min(CORRECTION.most, wanted));
  };
  return [gain(ground[0] ?? mean), gain(ground[1] ?? mean), gain(ground[2] ?? mean)];
};

/** The ornament in the light put right; the same one when there is nothing to do. */
export const inGoodLight = (photo: Raster, ornament: Ornament): Ornament => {
  const gains = ornament.found ? lightOf(photo, ornament) : UNTOUCHED;
  if (gains.every((gain) => gain === 1)) return ornament;
  const { cutOut } = ornament;
  const data = new Uint8Array(cutOut.data);
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] === 0) continue;
    for (let channel = 0; channel < 3; channel++) {
      data[at + channel] = Math.min(255, Math.round((data[at + channel] ?? 0) * (gains[channel] ?? 1)));
    }
  }
  return { ...ornament, cutOut: { ...cutOut, data } };
};
