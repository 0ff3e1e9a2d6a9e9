import { paletteOf } from './backdrop';
import type { Ornament } from './cut-out-photo';
import { onStand, sideBySide } from './editorial-plate';
import type { Raster } from './raster';

/** Width of the piece's panel, in parts of the portrait's width. */
const PANEL_SHARE = 0.62;

/** The portrait, pixel for pixel, and beside it the piece on a stand, in the portrait's colours. */
export const realModelPlate = async (portrait: Raster, ornament: Ornament, words: readonly (string | undefined)[]): Promise<Raster> => {
  const { height } = portrait;
  const width = Math.max(1, Math.round(portrait.width * PANEL_SHARE));
  return sideBySide(portrait, await onStand(ornament, width, height, await paletteOf(portrait), words));
};
