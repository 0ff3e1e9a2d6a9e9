import type { Accent, Adjustments } from './adjustments';
import type { Raster } from './raster';

/** Rec. 709 luma weights. */
const LUMA = [0.2126, 0.7152, 0.0722] as const;

/** Colour of each metal in mid light; its shadows and highlights follow from the pixel's own light. */
const METALS: Record<Accent, readonly [number, number, number]> = {
  gold: [1.16, 0.98, 0.56],
  'rose gold': [1.17, 0.94, 0.85],
  silver: [0.99, 1, 1.02],
};

/** One step of brightness as an exponent on 0..1 levels: black and white stay where they are, so nothing clips. */
const toneCurve = ({ brightness, contrast }: Adjustments): Float32Array => {
  const exponent = Math.exp(-0.3 * Math.max(-4, Math.min(4, brightness)));
  const steepness = 0.35 * Math.min(2.5, Math.abs(contrast));
  return Float32Array.from({ length: 256 }, (_, level) => {
    const x = (level / 255) ** exponent;
    return 255 * (contrast < 0 ? flattened(x, steepness) : steepened(x, steepness));
  });
};

const steepened = (x: number, steepness: number): number => Math.max(0, Math.min(1, x + steepness * (x * x * (3 - 2 * x) - x)));

/** The very inverse of `steepened`, so that more contrast and less again is the picture before. */
const flattened = (y: number, steepness: number): number => {
  let [low, high] = [0, 1];
  for (let halving = 0; halving < 20; halving++) {
    const middle = (low + high) / 2;
    if (steepened(middle, steepness) < y) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};

/** How much the distance of a colour from its grey may grow before a channel ends: beyond it the hue would turn. */
const roomForColour = (tones: readonly number[], light: number): number =>
  tones.reduce(
    (room, tone) =>
      tone > light ? Math.min(room, (255 - light) / (tone - light)) : tone < light ? Math.min(room, light / (light - tone)) : room,
    Infinity,
  );

/** How much a pixel looks like metal, 0..1: neutral, or of gold's hue. Saturated stones of other hues are left alone. */
const metalShare = (red: number, green: number, blue: number): number => {
  const most = Math.max(red, green, blue);
  const least = Math.min(red, green, blue);
  const saturation = most === 0 ? 0 : (most - least) / most;
  if (red >= green && green >= blue) {
    // yellow to copper; deep reds (a ruby) have hardly more green than blue
    const yellow = most === least ? 1 : (green - least) / (most - least);
    return yellow > 0.22 || saturation < 0.4 ? 1 : Math.max(0, 1 - (0.22 - yellow) * 8);
  }
  return Math.max(0, Math.min(1, (0.38 - saturation) / 0.12));
};

/**
 * Applies tone, colour and accent to the pixels of a 3-channel raster. `coverage` (0..255, one per pixel) limits it to the
 * piece, so that a white ground stays white; null means the whole picture.
 */
export const grade = (picture: Raster, adjustments: Adjustments, coverage: Uint8Array | null): Raster => {
  const curve = toneCurve(adjustments);
  // powers, so that a step and its opposite cancel out
  const saturation = 1.38 ** Math.min(3, adjustments.saturation);
  const warmth = Math.max(-3, Math.min(3, adjustments.warmth));
  const gains = [Math.exp(0.055 * warmth), 1, Math.exp(-0.085 * warmth)] as const;
  const metal = adjustments.accent ? METALS[adjustments.accent] : null;
  const data = new Uint8Array(picture.data.length);
  for (let at = 0, pixel = 0; at < data.length; at += 3, pixel++) {
    const share = coverage ? (coverage[pixel] ?? 0) / 255 : 1;
    const source = [picture.data[at] ?? 0, picture.data[at + 1] ?? 0, picture.data[at + 2] ?? 0] as const;
    if (share === 0) {
      data.set(source, at);
      continue;
    }
    const metallic = metal ? metalShare(...source) : 0;
    const own = source[0] * LUMA[0] + source[1] * LUMA[1] + source[2] * LUMA[2];
    const tones: [number, number, number] = [0, 0, 0];
    let light = 0;
    for (let channel = 0; channel < 3; channel++) {
      const level = source[channel] ?? 0;
      // the brightest highlights of metal are the lamp's colour, not the metal's
      const cast = metal ? own * (1 + ((metal[channel] ?? 1) - 1) * (1 - (own / 255) ** 4)) : level;
      const tinted = Math.max(0, Math.min(255, (level + metallic * (cast - level)) * (gains[channel] ?? 1)));
      tones[channel] = curve[Math.round(tinted)] ?? tinted;
      light += (tones[channel] ?? 0) * (LUMA[channel] ?? 0);
    }
    const chroma = Math.min(saturation, Math.max(1, roomForColour(tones, light)));
    for (let channel = 0; channel < 3; channel++) {
      const graded = light + ((tones[channel] ?? 0) - light) * chroma;
      const level = source[channel] ?? 0;
      data[at + channel] = Math.max(0, Math.min(255, Math.round(level + share * (graded - level))));
    }
  }
  return { ...picture, data };
};
