import { boxBlur } from './box-blur';
import type { Raster } from './raster';

/** A small mask blown up to full size: 0..1, smooth across the steps of the small pixels (bilinear, then a box). */
export const enlarge = (mask: Uint8Array, width: number, height: number, fullWidth: number, fullHeight: number): Float32Array => {
  const full = new Float32Array(fullWidth * fullHeight);
  const across = width / fullWidth;
  const down = height / fullHeight;
  for (let y = 0; y < fullHeight; y++) {
    const fromY = Math.max(0, Math.min(height - 1, (y + 0.5) * down - 0.5));
    const top = Math.floor(fromY) * width;
    const bottom = Math.min(height - 1, Math.floor(fromY) + 1) * width;
    const shareY = fromY - Math.floor(fromY);
    for (let x = 0; x < fullWidth; x++) {
      const fromX = Math.max(0, Math.min(width - 1, (x + 0.5) * across - 0.5));
      const left = Math.floor(fromX);
      const right = Math.min(width - 1, left + 1);
      const shareX = fromX - left;
      const upper = (mask[top + left] ?? 0) * (1 - shareX) + (mask[top + right] ?? 0) * shareX;
      const lower = (mask[bottom + left] ?? 0) * (1 - shareX) + (mask[bottom + right] ?? 0) * shareX;
      full[y * fullWidth + x] = upper * (1 - shareY) + lower * shareY;
    }
  }
  return boxBlur(full, fullWidth, fullHeight, Math.round(1 / (2 * across)));
};

/** Coverage of the piece per pixel, and its own colours where the old ground shone through. */
export interface RefinedEdge {
  /** 0..255 */
  alpha: Uint8Array;
  /** the photo with the ground's colour taken out of half-covered pixels */
  colours: Uint8Array;
}

/** How far (0..255 per channel, Euclidean) piece and ground must differ before their colours may place the edge. */
const TELLING = 140;
/** Squared distance from the line between both colours, in parts of its length, at which a pixel is hardly their mixture. */
const ASTRAY = 0.1;
/** Metal mirrors what is around it, the ground too, so colours never decide alone. */
const MOST_TRUST = 0.8;
/** Coverage below the first is ground, above the second piece; lopsided, since a rim of old ground shows more than a lost half pixel. */
const SETTLED = [0.25, 0.9] as const;

/**
 * Places the edge at full size. Near the edge each pixel is taken for a mixture of the piece's colour and the ground's,
 * both averaged from their own sides nearby; the share of the piece is its alpha, and what the ground added is removed.
 * `coverage` (0..1, from the small decision) bounds the search to `reach` px.
 */
export const refineEdge = (photo: Raster, coverage: Float32Array, reach: number): RefinedEdge => {
  const { width, height, channels } = photo;
  const piece = sideMeans(photo, coverage, reach, true);
  const ground = sideMeans(photo, coverage, reach, false);
  const alpha = new Uint8Array(width * height);
  const colours = new Uint8Array(width * height * 3);
  for (let at = 0; at < alpha.length; at++) {
    const decided = coverage[at] ?? 0;
    const from = at * channels;
    let share = decided;
    if (decided > 0.02 && decided < 0.98) {
      let along = 0;
      let apart = 0;
      let length = 0;
      for (let channel = 0; channel < 3; channel++) {
        const groundLevel = ground[channel]?.[at] ?? 0;
        const difference = (piece[channel]?.[at] ?? 0) - groundLevel;
        const offset = (photo.data[from + channel] ?? 0) - groundLevel;
        along += offset * difference;
        length += offset * offset;
        apart += difference * difference;
      }
      const byColour = Math.max(0, Math.min(1, along / Math.max(1, apart)));
      // far from the decided edge the decision counts; on it, colours do as far as they tell the sides apart
      const astray = Math.max(0, length - (along * along) / Math.max(1, apart)) / Math.max(1, apart);
      const trust =
        MOST_TRUST * Math.exp(-astray / ASTRAY) * Math.min(1, Math.sqrt(apart) / TELLING) * (1 - Math.abs(2 * decided - 1) ** 3);
      share = trust * byColour + (1 - trust) * sharpened(decided);
    }
    share = Math.max(0, Math.min(1, (share - SETTLED[0]) / (SETTLED[1] - SETTLED[0])));
    alpha[at] = Math.round(255 * share);
    for (let channel = 0; channel < 3; channel++) {
      const level = photo.data[from + channel] ?? 0;
      const own = share > 0.05 && share < 0.98 ? (level - (1 - share) * (ground[channel]?.[at] ?? 0)) / share : level;
      const kept = share > 0.05 && share < 0.5 ? mixed(own, piece[channel]?.[at] ?? own, 0.5) : own;
      colours[3 * at + channel] = Math.max(0, Math.min(255, Math.round(kept)));
    }
  }
  return { alpha, colours };
};

const mixed = (one: number, other: number, share: number): number => one * (1 - share) + other * share;

/** A steeper flank: the enlarged decision is several pixels soft, an edge in focus about two. */
const sharpened = (decided: number): number => Math.max(0, Math.min(1, (decided - 0.5) * 2.5 + 0.5));

/** Mean colour of one side around each pixel, weighted by how surely a pixel is on that side. */
const sideMeans = (photo: Raster, coverage: Float32Array, reach: number, pieceSide: boolean): Float32Array[] => {
  const { width, height, channels } = photo;
  const weight = coverage.map((share) => (pieceSide ? share : 1 - share) ** 4 + 1e-6);
  const weights = boxBlur(weight, width, height, reach);
  return [0, 1, 2].map((channel) => {
    const weighted = new Float32Array(weight.length);
    for (let at = 0; at < weighted.length; at++) weighted[at] = (weight[at] ?? 0) * (photo.data[at * channels + channel] ?? 0);
    const means = boxBlur(weighted, width, height, reach);
    for (let at = 0; at < means.length; at++) means[at] = (means[at] ?? 0) / (weights[at] ?? 1);
    return means;
  });
};
