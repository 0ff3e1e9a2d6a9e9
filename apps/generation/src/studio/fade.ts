import type { Raster } from './raster';

/** A piece (4 channels) whose upper `share` fades out, as where a chain goes behind a neck. */
export const fadedAtTop = (piece: Raster, share: number): Raster => {
  if (share === 0) return piece;
  const data = new Uint8Array(piece.data);
  const rows = Math.round(share * piece.height);
  for (let y = 0; y < rows; y++) {
    const kept = Math.max(0, (y / rows - 0.15) / 0.85) ** 1.5;
    for (let x = 0; x < piece.width; x++) {
      const at = 4 * (y * piece.width + x) + 3;
      data[at] = Math.round((data[at] ?? 0) * kept);
    }
  }
  return { ...piece, data };
};
