import type { Box } from './cut-out-photo';
import type { Place } from './placing';

/** Free margin around a centred piece, in parts of the square's side. */
export const SQUARE_MARGIN = 0.1;
/** Most that a small piece is enlarged. */
const MOST_ENLARGEMENT = 2;

/** A piece that comes this near to the photo's edge (in parts of its long side) leaves it there: the cut-out's end is soft. */
const NEAR_EDGE = 0.006;

/** A square, and where the piece goes in it. Where the piece left the photo, the place may reach beyond the square's edge. */
export interface SquareFrame {
  /** px */
  side: number;
  place: Place;
}

/**
 * The square that shows a piece centred with even margins, `wanted` px or what its size allows, at most `limit`. A chain that
 * leaves the photo has no end to show: it runs to the square's edge as well.
 */
export const squareFrame = (box: Box, photo: { width: number; height: number }, wanted: number, limit: number): SquareFrame => {
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  const near = Math.max(2, Math.round(NEAR_EDGE * Math.max(photo.width, photo.height)));
  const leaves = {
    left: box.left <= near,
    right: box.right >= photo.width - near,
    top: box.top <= near,
    bottom: box.bottom >= photo.height - near,
  };
  const natural = naturalSide(width, height, leaves);
  const side = Math.round(Math.min(limit, Math.max(natural, Math.min(wanted, natural * MOST_ENLARGEMENT))));
  const scale = side / natural;
  const [placedWidth, placedHeight] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  return {
    side,
    place: {
      left: startOf(placedWidth, side, leaves.left, leaves.right),
      top: startOf(placedHeight, side, leaves.top, leaves.bottom),
      width: placedWidth,
      height: placedHeight,
    },
  };
};

type Leaves = Record<'left' | 'right' | 'top' | 'bottom', boolean>;

const share = (one: boolean, other: boolean): number => 1 - (one ? 0 : SQUARE_MARGIN) - (other ? 0 : SQUARE_MARGIN);

const naturalSide = (width: number, height: number, leaves: Leaves): number => {
  // a piece that spans the photo spans the square, and what then is too much is cut where it left the photo anyway
  if (leaves.left && leaves.right && (leaves.top || leaves.bottom || height <= width * share(false, false))) return width;
  if (leaves.top && leaves.bottom && (leaves.left || leaves.right || width <= height * share(false, false))) return height;
  return Math.max(width / share(leaves.left, leaves.right), height / share(leaves.top, leaves.bottom));
};

const startOf = (length: number, side: number, leavesStart: boolean, leavesEnd: boolean): number => {
  if (leavesStart === leavesEnd) return Math.round((side - length) / 2);
  const margin = Math.round(side * SQUARE_MARGIN);
  return leavesStart ? Math.min(0, side - margin - length) : Math.max(side - length, margin);
};
