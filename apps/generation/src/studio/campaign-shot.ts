import { paletteOf, STONE, wall } from './backdrop';
import { layOutCampaign } from './campaign-layout';
import type { Ornament } from './cut-out-photo';
import { fitInto, layOn, SOFT_SHADOW, trimmed } from './placing';
import { finish, pipeline, resizeCover, type Raster } from './raster';

/** px. 4:3, as most theme pictures; a theme picture's own proportions win. */
const CANVAS = { width: 2000, height: 1500 } as const;
/** px. The long side of a campaign shot. */
const LONG_SIDE = 2000;
/** Blur of the theme (sigma in parts of the long side): it steps back as behind a lens that is focused on the pieces. */
const DEFOCUS = 0.0022;
/** A single ornament fills no more than this share of its box, so that the theme is still seen. */
const PRESENCE = 0.82;

/** Several pieces, and the model's picture if there is one, over the theme or a painted wall. */
export const campaignShot = async (ornaments: readonly Ornament[], theme: Raster | null, model: Raster | null): Promise<Raster> => {
  let shot = await ground(theme, model);
  const layout = layOutCampaign(shot.width, shot.height, ornaments.length, model !== null);
  if (model && layout.model) {
    const { left, top, right, bottom } = layout.model;
    const panel = await resizeCover(model, right - left, bottom - top);
    shot = await layOn(shot, panel, { left, top, width: panel.width, height: panel.height }, []);
  }
  for (const [at, ornament] of ornaments.entries()) {
    const box = layout.ornaments[at];
    if (!box) continue;
    const piece = trimmed(ornament);
    const inset = { x: ((1 - PRESENCE) / 2) * (box.right - box.left), y: ((1 - PRESENCE) / 2) * (box.bottom - box.top) };
    const place = fitInto(piece, {
      left: box.left + inset.x,
      right: box.right - inset.x,
      top: box.top + inset.y,
      bottom: box.bottom - inset.y,
    });
    shot = await layOn(shot, piece, place, ornament.found ? SOFT_SHADOW : []);
  }
  return shot;
};

const ground = async (theme: Raster | null, model: Raster | null): Promise<Raster> => {
  if (!theme) return wall(CANVAS.width, CANVAS.height, model ? await paletteOf(model) : STONE);
  const scale = LONG_SIDE / Math.max(theme.width, theme.height);
  const sized = pipeline(theme).resize(Math.round(theme.width * scale), Math.round(theme.height * scale), { fit: 'fill' });
  return finish(sized.blur(DEFOCUS * LONG_SIDE));
};
