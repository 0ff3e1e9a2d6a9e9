import { niche, paletteOf } from './backdrop';
import type { Ornament } from './cut-out-photo';
import { sideBySide } from './editorial-plate';
import { fitInto, layOn, SOFT_SHADOW, trimmed } from './placing';
import type { Raster } from './raster';

/** Width of the piece's panel, in parts of the portrait's width. */
const PANEL_SHARE = 0.62;

/**
 * The portrait, pixel for pixel, and beside it the piece on a panel in the portrait's colours. Nothing is pasted onto
 * the person: without knowing where the face is, a necklace would end up on a cheek.
 */
export const realModelPlate = async (portrait: Raster, ornament: Ornament): Promise<Raster> => {
  const { height } = portrait;
  const width = Math.max(1, Math.round(portrait.width * PANEL_SHARE));
  const panel = await niche(width, height, await paletteOf(portrait));
  const piece = trimmed(ornament);
  const place = fitInto(piece, {
    left: Math.round(width * 0.17),
    right: Math.round(width * 0.83),
    top: Math.round(height * 0.26),
    bottom: Math.round(height * 0.8),
  });
  return sideBySide(portrait, await layOn(panel, piece, place, ornament.found ? SOFT_SHADOW : []));
};
