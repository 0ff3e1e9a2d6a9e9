import type { Sharp } from 'sharp';
import type { Box } from './cut-out-photo';
import type { Rgb } from './colour-space';
import { joined, type WorkingCopy } from './working-copy';
import { changedPlane, finish, LONGEST_SIDE, pipeline } from './raster';
import { SQUARE_MARGIN } from './square-frame';
import { split } from './working-copy';

/** px of the picture; may lie outside of it. Right and bottom exclusive. */
export type Window = Box;

/** px. A frame is not cut smaller than this. */
const SMALLEST = 400;
/** Least free space around a piece, in parts of the long side. */
const AIR = 0.02;
/** One step closer. */
const ZOOM_STEP = 1.2;

/**
 * The same pixels in another window: cut where it is smaller, the ground's colour (null: transparent) where it is larger.
 * Nothing is resampled, so that a closer look and back again is the same picture, unless it would become too large.
 */
export const reframe = async (copy: WorkingCopy, window: Window, ground: Rgb | null): Promise<WorkingCopy> => {
  const raster = joined(copy);
  const { width, height, channels } = raster;
  const framed = { ...sizeOf(window), data: inWindow(raster, window, ground), channels };
  const plane = copy.piece && inWindow({ data: copy.piece, width, height, channels: 1 }, window, null);
  const fits = Math.max(framed.width, framed.height) <= LONGEST_SIDE;
  const fit = (work: Sharp): Sharp => work.resize(LONGEST_SIDE, LONGEST_SIDE, { fit: 'inside' });
  const sized = fits ? framed : await finish(fit(pipeline(framed)));
  const piece = fits || !plane ? plane : await changedPlane(plane, framed, fit);
  return channels === 4 ? split(sized) : { picture: sized, alpha: null, piece };
};

const sizeOf = ({ left, top, right, bottom }: Window): { width: number; height: number } => ({ width: right - left, height: bottom - top });

/** Channels of pixels in rows, and how many there are of each. */
interface Pixels {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 3 | 4;
}

const inWindow = ({ data, width, height, channels }: Pixels, window: Window, ground: Rgb | null): Uint8Array => {
  const size = sizeOf(window);
  const framed = new Uint8Array(size.width * size.height * channels);
  if (ground)
    for (let at = 0; at < framed.length; at += channels)
      for (let channel = 0; channel < channels; channel++) framed[at + channel] = ground[channel] ?? 255;
  const left = Math.max(0, window.left);
  const columns = Math.min(width, window.right) - left;
  for (let y = Math.max(0, window.top); y < Math.min(height, window.bottom) && columns > 0; y++) {
    const from = (y * width + left) * channels;
    framed.set(data.subarray(from, from + columns * channels), ((y - window.top) * size.width + left - window.left) * channels);
  }
  return framed;
};

/** The window for `steps` closer (below 0: further away) around the middle; `piece` stays whole, if it is known. */
export const zoomWindow = (width: number, height: number, steps: number, piece: Box | null): Window => {
  const air = 2 * AIR * Math.max(width, height);
  const smallest =
    steps <= 0
      ? 0
      : Math.min(
          1,
          Math.max(
            SMALLEST / Math.max(width, height),
            piece ? (piece.right - piece.left + air) / width : 0,
            piece ? (piece.bottom - piece.top + air) / height : 0,
          ),
        );
  const share = Math.max(smallest, ZOOM_STEP ** -Math.max(-6, Math.min(6, steps)));
  const [wantedWidth, wantedHeight] = [Math.round(width * share), Math.round(height * share)];
  const left = startAround(Math.round((width - wantedWidth) / 2), wantedWidth, width, piece && [piece.left, piece.right]);
  const top = startAround(Math.round((height - wantedHeight) / 2), wantedHeight, height, piece && [piece.top, piece.bottom]);
  return { left, top, right: left + wantedWidth, bottom: top + wantedHeight };
};

/** Moves a window of `size` so that a piece is in it, as far as the picture goes. */
const startAround = (start: number, size: number, length: number, piece: readonly [number, number] | null): number => {
  if (!piece || size >= length) return start;
  const air = Math.floor(Math.min(AIR * length, (size - (piece[1] - piece[0])) / 2));
  const moved = Math.max(piece[1] + air - size, Math.min(piece[0] - air, start));
  return Math.max(0, Math.min(length - size, moved));
};

/** The square around a piece with even margins; without one, the largest square in the middle. */
export const squareWindow = (width: number, height: number, piece: Box | null): Window => {
  const side = piece
    ? Math.round(Math.max(piece.right - piece.left, piece.bottom - piece.top) / (1 - 2 * SQUARE_MARGIN))
    : Math.min(width, height);
  const left = Math.round(((piece ? piece.left + piece.right : width) - side) / 2);
  const top = Math.round(((piece ? piece.top + piece.bottom : height) - side) / 2);
  return { left, top, right: left + side, bottom: top + side };
};

/** The smallest box that holds all that is covered (0..255 per pixel); null when nothing is. */
export const boxOfCoverage = (coverage: Uint8Array, width: number, height: number): Box | null => {
  const box = { left: width, top: height, right: 0, bottom: 0 };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((coverage[y * width + x] ?? 0) < 32) continue;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x + 1);
      box.top = Math.min(box.top, y);
      box.bottom = y + 1;
    }
  }
  return box.right === 0 ? null : box;
};
