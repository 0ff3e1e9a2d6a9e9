import type { Accent, Adjustments } from './retouch-words';
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
  const steepness = 0.35 * Math.max(-2, Math.min(2.5, contrast));
  return Float32Array.from({ length: 256 }, (_, level) => {
    const x = (level / 255) ** exponent;
    const curved = x * x * (3 - 2 * x);
    return 255 * Math.max(0, Math.min(1, x + steepness * (curved - x)));
  });
};

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
  const saturation = Math.max(
    0,
    adjustments.saturation > 0 ? 1 + 0.35 * Math.min(3, adjustments.saturation) : 1 + 0.4 * adjustments.saturation,
  );
  const warmth = Math.max(-3, Math.min(3, adjustments.warmth));
  const gains = [1 + 0.055 * warmth, 1, 1 - 0.085 * warmth] as const;
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
    for (let channel = 0; channel < 3; channel++) {
      const graded = light + ((tones[channel] ?? 0) - light) * saturation;
      const level = source[channel] ?? 0;
      data[at + channel] = Math.max(0, Math.min(255, Math.round(level + share * (graded - level))));
    }
  }
  return { ...picture, data };
};
