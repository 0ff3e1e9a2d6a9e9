import { crop, type Box, type Ornament } from './cut-out-photo';
import { blurred, resizeTo, type Raster } from './raster';

/** Where a piece goes, px in the target picture. */
export interface Place {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A cast shadow: its darkness 0..1, its softness and how far down and (to the right, if not straight) aside it falls, in parts of the piece's longer side. */
export interface Shadow {
  darkness: number;
  softness: number;
  drop: number;
  aside?: number;
}

/** Light from above and a little in front, as in a studio tent. */
export const SOFT_SHADOW: readonly Shadow[] = [
  { darkness: 0.3, softness: 0.005, drop: 0.006 },
  { darkness: 0.3, softness: 0.03, drop: 0.03 },
];

/** A piece without the empty part of its frame. */
export const trimmed = ({ cutOut, box }: Ornament): Raster => crop(cutOut, box);

/** The largest place of the raster's proportions inside a box, centred, at most `enlargement` times its size. */
export const fitInto = (raster: Pick<Raster, 'width' | 'height'>, box: Box, enlargement = 2): Place => {
  const scale = Math.min((box.right - box.left) / raster.width, (box.bottom - box.top) / raster.height, enlargement);
  const width = Math.max(1, Math.round(raster.width * scale));
  const height = Math.max(1, Math.round(raster.height * scale));
  return {
    left: Math.round((box.left + box.right - width) / 2),
    top: Math.round((box.top + box.bottom - height) / 2),
    width,
    height,
  };
};

/** A piece (3 or 4 channels) laid on a ground (3 channels), its shadows under it. The place must be inside. */
export const layOn = async (ground: Raster, piece: Raster, place: Place, shadows: readonly Shadow[]): Promise<Raster> => {
  const sized = place.width === piece.width && place.height === piece.height ? piece : await resizeTo(piece, place.width, place.height);
  const picture: Raster = { ...ground, data: new Uint8Array(ground.data) };
  if (sized.channels === 4) for (const shadow of shadows) await castShadow(picture, sized, place, shadow);
  paint(picture, sized, place);
  return picture;
};

/** Lays a piece over a picture, in place. */
const paint = ({ data, width }: Raster, piece: Raster, { left, top }: Place): void => {
  for (let y = 0, from = 0; y < piece.height; y++) {
    for (let x = 0, to = 3 * ((y + top) * width + left); x < piece.width; x++, from += piece.channels, to += 3) {
      const alpha = piece.channels === 4 ? (piece.data[from + 3] ?? 0) : 255;
      if (alpha === 0) continue;
      for (let channel = 0; channel < 3; channel++) {
        const below = data[to + channel] ?? 0;
        data[to + channel] = Math.round(below + (((piece.data[from + channel] ?? 0) - below) * alpha) / 255);
      }
    }
  }
};

/** Darkens a picture where a piece's shadow falls, in place. */
const castShadow = async ({ data, width, height }: Raster, piece: Raster, place: Place, shadow: Shadow): Promise<void> => {
  const side = Math.max(place.width, place.height);
  const sigma = Math.max(0.5, shadow.softness * side);
  const drop = Math.round(shadow.drop * side);
  const aside = Math.round((shadow.aside ?? 0) * side);
  const reach = Math.ceil(3 * sigma);
  // only the part of the picture that the shadow can reach: blurring all of it costs more than everything else
  const box: Box = {
    left: Math.max(0, place.left + aside - reach),
    top: Math.max(0, place.top + drop - reach),
    right: Math.min(width, place.left + place.width + aside + reach),
    bottom: Math.min(height, place.top + place.height + drop + reach),
  };
  const [columns, rows] = [box.right - box.left, box.bottom - box.top];
  const shape = new Uint8Array(columns * rows);
  for (let y = 0; y < piece.height; y++) {
    const row = y + place.top + drop - box.top;
    if (row >= rows) break;
    for (let x = 0; x < piece.width; x++) {
      const column = x + place.left + aside - box.left;
      if (column >= 0 && column < columns) shape[row * columns + column] = piece.data[4 * (y * piece.width + x) + 3] ?? 0;
    }
  }
  const cast = await blurred(shape, columns, rows, sigma);
  for (let y = 0, from = 0; y < rows; y++) {
    for (let x = 0, to = 3 * ((y + box.top) * width + box.left); x < columns; x++, from++, to += 3) {
      const covered = cast[from] ?? 0;
      if (covered === 0) continue;
      const light = 1 - (covered / 255) * shadow.darkness;
      for (let channel = to; channel < to + 3; channel++) data[channel] = Math.round((data[channel] ?? 0) * light);
    }
  }
};
