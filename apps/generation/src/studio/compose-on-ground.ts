import type { Framing } from '@facet/contracts';
import type { Background } from './background-wish';
import { crop, type Ornament } from './cut-out-photo';
import { isWhite } from './flat-ground';
import { layOn, trimmed, type Place, type Shadow } from './placing';
import { filled, LONGEST_SIDE, resizeCover, resizeTo, type Raster } from './raster';
import { squareFrame } from './square-frame';
import { split, type WorkingCopy } from './working-copy';

/** Weaker than a studio's: the light of a foreign picture is not known. */
const ON_PICTURE: readonly Shadow[] = [
  { darkness: 0.32, softness: 0.004, drop: 0.004 },
  { darkness: 0.26, softness: 0.022, drop: 0.014 },
];
const ON_COLOUR: readonly Shadow[] = [
  { darkness: 0.4, softness: 0.004, drop: 0.004 },
  { darkness: 0.2, softness: 0.024, drop: 0.016 },
];
/** A line of contact and a veil of less than 5 levels: shops ask for a background of 250 and more in all channels. */
const ON_WHITE: readonly Shadow[] = [
  { darkness: 0.4, softness: 0.0024, drop: 0.0028 },
  { darkness: 0.018, softness: 0.018, drop: 0.012 },
];
/** px. Side of a square when the photo has as much. */
const SQUARE_SIDE = 1600;

/** The piece on an even colour, on a picture that covers the frame, or on nothing (4 channels). */
export const composeOnGround = async (
  ornament: Ornament,
  ground: Background | Raster,
  framing: Framing = 'original',
): Promise<WorkingCopy> => {
  const { width, height, piece, place } = await framed(ornament, framing);
  if (ground === 'transparent') return split(alone(piece, place, width, height));
  const bare = isRaster(ground) ? await resizeCover(ground, width, height) : filled(width, height, ground);
  const shadows = isRaster(ground) ? ON_PICTURE : isWhite(ground) ? ON_WHITE : ON_COLOUR;
  const picture = await layOn(bare, piece, place, ornament.found ? shadows : []);
  return { picture, alpha: null, piece: ornament.found ? coverageIn({ width, height }, piece, place) : null };
};

const isRaster = (ground: Background | Raster): ground is Raster => typeof ground === 'object' && 'data' in ground;

interface Framed {
  width: number;
  height: number;
  piece: Raster;
  place: Place;
}

/** The frame, and the piece in the size in which it stands there. */
const framed = async (ornament: Ornament, framing: Framing): Promise<Framed> => {
  const { cutOut, box } = ornament;
  const piece = trimmed(ornament);
  if (framing === 'original') {
    const place = { left: box.left, top: box.top, width: piece.width, height: piece.height };
    return { width: cutOut.width, height: cutOut.height, piece, place };
  }
  const { side, place } = squareFrame(box, cutOut, Math.min(SQUARE_SIDE, Math.max(cutOut.width, cutOut.height)), LONGEST_SIDE);
  const sized = place.width === piece.width && place.height === piece.height ? piece : await resizeTo(piece, place.width, place.height);
  const inside = {
    left: Math.max(0, -place.left),
    top: Math.max(0, -place.top),
    right: Math.min(place.width, side - place.left),
    bottom: Math.min(place.height, side - place.top),
  };
  const part = crop(sized, inside);
  const at = { left: Math.max(0, place.left), top: Math.max(0, place.top), width: part.width, height: part.height };
  return { width: side, height: side, piece: part, place: at };
};

/** Where the piece is in the frame, 0..255 per pixel. */
const coverageIn = ({ width, height }: Pick<Raster, 'width' | 'height'>, piece: Raster, { left, top }: Place): Uint8Array => {
  const coverage = new Uint8Array(width * height);
  for (let y = 0, from = 3; y < piece.height; y++) {
    for (let x = 0, to = (y + top) * width + left; x < piece.width; x++, from += 4, to++) coverage[to] = piece.data[from] ?? 0;
  }
  return coverage;
};

/** Nothing but the piece: what is not seen has no colour either, so the file is small. */
const alone = (piece: Raster, place: Place, width: number, height: number): Raster => {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < piece.height; y++) {
    for (let x = 0; x < piece.width; x++) {
      const from = 4 * (y * piece.width + x);
      if ((piece.data[from + 3] ?? 0) === 0) continue;
      const to = 4 * ((y + place.top) * width + x + place.left);
      for (let channel = 0; channel < 4; channel++) data[to + channel] = piece.data[from + channel] ?? 0;
    }
  }
  return { data, width, height, channels: 4 };
};
