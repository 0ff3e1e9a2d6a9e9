import { crop, type Box, type Ornament } from './cut-out-photo';
import { finish, pipeline, resizeTo, type Raster } from './raster';

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

const overlay = (raster: Raster): { input: Buffer; raw: { width: number; height: number; channels: 3 | 4 } } => ({
  input: Buffer.from(raster.data.buffer, raster.data.byteOffset, raster.data.byteLength),
  raw: { width: raster.width, height: raster.height, channels: raster.channels },
});

/** A piece (3 or 4 channels, no larger than the ground) laid on a ground, its shadows under it. The place must be inside. */
export const layOn = async (ground: Raster, piece: Raster, place: Place, shadows: readonly Shadow[]): Promise<Raster> => {
  const sized = place.width === piece.width && place.height === piece.height ? piece : await resizeTo(piece, place.width, place.height);
  let under = ground;
  if (sized.channels === 4) for (const shadow of shadows) under = await withShadow(under, sized, place, shadow);
  return finish(
    pipeline(under)
      .composite([{ ...overlay(sized), left: place.left, top: place.top }])
      .removeAlpha(),
  );
};

const withShadow = async (ground: Raster, piece: Raster, place: Place, shadow: Shadow): Promise<Raster> => {
  const side = Math.max(place.width, place.height);
  const sigma = Math.max(0.5, shadow.softness * side);
  const drop = Math.round(shadow.drop * side);
  const aside = Math.round((shadow.aside ?? 0) * side);
  const reach = Math.ceil(3 * sigma);
  // only the part of the ground that the shadow can reach: blurring all of it costs more than everything else
  const box: Box = {
    left: Math.max(0, place.left + aside - reach),
    top: Math.max(0, place.top + drop - reach),
    right: Math.min(ground.width, place.left + place.width + aside + reach),
    bottom: Math.min(ground.height, place.top + place.height + drop + reach),
  };
  const black: Raster = {
    data: new Uint8Array((box.right - box.left) * (box.bottom - box.top) * 4),
    width: box.right - box.left,
    height: box.bottom - box.top,
    channels: 4,
  };
  for (let y = 0; y < piece.height; y++) {
    const row = y + place.top + drop - box.top;
    if (row >= black.height) break;
    for (let x = 0; x < piece.width; x++) {
      const column = x + place.left + aside - box.left;
      if (column < 0 || column >= black.width) continue;
      const to = 4 * (row * black.width + column) + 3;
      black.data[to] = Math.round((piece.data[4 * (y * piece.width + x) + 3] ?? 0) * shadow.darkness);
    }
  }
  const cast = await finish(pipeline(black).blur(sigma));
  return finish(
    pipeline(ground)
      .composite([{ ...overlay(cast), left: box.left, top: box.top }])
      .removeAlpha(),
  );
};
