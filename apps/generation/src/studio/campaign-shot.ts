import { paletteOf, STONE, wall, type Palette } from './backdrop';
import { layOutCampaign } from './campaign-layout';
import type { Box, Ornament } from './cut-out-photo';
import { blend, css, drawnOver } from './drawing';
import { Lettering } from './lettering';
import { fitInto, layOn, SOFT_SHADOW, trimmed } from './placing';
import { finish, pipeline, resizeCover, type Raster } from './raster';

/** px. 4:3, as most theme pictures; a theme picture's own proportions win. */
const CANVAS = { width: 2000, height: 1500 } as const;
/** px. The long side of a campaign shot. */
const LONG_SIDE = 2000;
/** Blur of the theme (sigma in parts of the long side): it steps back as behind a lens that is focused on the pieces. */
const DEFOCUS = 0.0022;
/** A card is at most so much taller than wide, and leaves so much of the scene free when it is alone. */
const CARD = { tallest: 1.35, widest: 1.1, alone: 0.8 } as const;
/** Parts of a card's height: the caption's band, and the margin around the piece. */
const CAPTION = 0.15;
const MARGIN = 0.09;

/** The pieces of a campaign, each with the name that its card bears. */
export interface CampaignPiece {
  ornament: Ornament;
  name: string | undefined;
}

/** A campaign's picture, and the names that could not be set in its letters. */
export interface CampaignShot {
  picture: Raster;
  leftOut: string[];
}

/** Pieces on cards in the theme's colours, named, over the theme or a painted wall; the model's picture, if any, beside them. */
export const campaignShot = async (pieces: readonly CampaignPiece[], theme: Raster | null, model: Raster | null): Promise<CampaignShot> => {
  const palette = theme ? await paletteOf(theme) : model ? await paletteOf(model) : STONE;
  let shot = await ground(theme, palette);
  const layout = layOutCampaign(shot.width, shot.height, pieces.length, model !== null);
  if (model && layout.model) {
    const { left, top, right, bottom } = layout.model;
    const panel = await resizeCover(model, right - left, bottom - top);
    shot = await layOn(shot, panel, { left, top, width: panel.width, height: panel.height }, []);
  }
  const lettering = pieces.some(({ name }) => name) ? Lettering.load() : null;
  const cards = layout.ornaments.map((box) => cardIn(box, pieces.length === 1));
  const captions = pieces.map(({ name }, at) => captionOn(cards[at], name, lettering, palette));
  shot = await drawnOver(shot, cards.map((card, at) => cardShapes(card, palette) + (captions[at] ?? '')).join(''));
  for (const [at, { ornament }] of pieces.entries()) {
    const card = cards[at];
    if (!card) continue;
    const piece = trimmed(ornament);
    const margin = MARGIN * Math.min(card.right - card.left, card.bottom - card.top);
    const band = captions[at] ? CAPTION * (card.bottom - card.top) : margin;
    const room = { left: card.left + margin, right: card.right - margin, top: card.top + margin, bottom: card.bottom - band };
    shot = await layOn(shot, piece, fitInto(piece, room), ornament.found ? SOFT_SHADOW : []);
  }
  return { picture: shot, leftOut: pieces.flatMap(({ name }, at) => (name && !captions[at] ? [name] : [])) };
};

/** The card in its cell: not too long, not too wide, in the middle. */
const cardIn = ({ left, top, right, bottom }: Box, alone: boolean): Box => {
  const share = alone ? CARD.alone : 1;
  const height = Math.min((bottom - top) * share, (right - left) * CARD.tallest);
  const width = Math.min((right - left) * share, height * CARD.widest);
  const [x, y] = [(left + right - width) / 2, (top + bottom - height) / 2];
  return { left: Math.round(x), top: Math.round(y), right: Math.round(x + width), bottom: Math.round(y + height) };
};

const cardShapes = ({ left, top, right, bottom }: Box, { light, deep }: Palette): string => {
  const [width, height] = [right - left, bottom - top];
  const inset = Math.round(0.02 * Math.min(width, height));
  const paper = css(blend(light, [255, 255, 255], 0.35));
  return `<defs><filter id="lift${left}-${top}" x="-15%" y="-15%" width="130%" height="135%"><feGaussianBlur stdDeviation="${0.02 * width}"/></filter></defs>
    <rect x="${left}" y="${top + 0.015 * height}" width="${width}" height="${height}" fill="#000" opacity="0.22" filter="url(#lift${left}-${top})"/>
    <rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${paper}" fill-opacity="0.95"/>
    <rect x="${left + inset}" y="${top + inset}" width="${width - 2 * inset}" height="${height - 2 * inset}" fill="none" stroke="${css(deep)}" stroke-width="${Math.max(1, 0.003 * width)}"/>`;
};

/** The name at the card's foot, or nothing. */
const captionOn = (card: Box | undefined, name: string | undefined, lettering: Lettering | null, { deep }: Palette): string => {
  if (!card || !name || !lettering) return '';
  const [width, height] = [card.right - card.left, card.bottom - card.top];
  const path = lettering.line(
    name,
    (card.left + card.right) / 2,
    card.bottom - 0.062 * height,
    Math.min(0.085 * width, 0.06 * height),
    0.82 * width,
  );
  return path ? `<path d="${path}" fill="${css(blend(deep, [20, 16, 12], 0.78))}"/>` : '';
};

const ground = async (theme: Raster | null, palette: Palette): Promise<Raster> => {
  if (!theme) return wall(CANVAS.width, CANVAS.height, palette);
  const scale = LONG_SIDE / Math.max(theme.width, theme.height);
  const sized = pipeline(theme).resize(Math.round(theme.width * scale), Math.round(theme.height * scale), { fit: 'fill' });
  return finish(sized.blur(DEFOCUS * LONG_SIDE));
};
