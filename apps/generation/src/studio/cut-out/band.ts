import type { LabPlanes } from '../colour-space';
import { regionsOf, type Region } from '../regions';
import { distanceTo, ellipseOf, likeness, placeOn, type Ellipse } from './ellipse';
import { MOST_ODDS } from './first-look';
import type { Decision } from './learn';
import { oddsInside } from './outline';

/** Share of the picture from which a hole may be a band's, and how much of an ellipse it must be. */
const OPENING = 0.015;
const LIKE_AN_ELLIPSE = 0.96;
/** Short by long axis of a hole: a band seen flatter than this shows nothing, one seen steeper no wall to speak of. */
const SEEN_AT = [0.25, 0.85] as const;
/** Angles from the short axis (radians, on the circle) between which a band is measured, and how many. */
const SECTOR = Math.PI / 3;
const MEASURES = 41;
/** px that a crossing of the band may show no piece: a gap between stones. */
const GAP = 3;
/** How even a band's widths are (middle half of them, by their median), and how much wider its near side must be. */
const EVEN = 0.2;
const WIDER = 1.4;
/** Widths of the far inner wall that are tried, in parts of the near outer wall's; its lower rim is farther away than its upper one. */
const NARROWEST = 0.5;
const WIDEST = 1.1;
const FARTHER = [0.92, 0.94, 0.96, 0.98, 1] as const;
/** L* units that the line of contact is darker than what lies at either side of it, or, where all is nearly black, by which share of itself. */
const CONTACT = [2, 0.5] as const;

/**
 * Adds the inner wall of a band to the odds. Metal that mirrors nothing but its ground is told from it by no colour, but by
 * the band's shape: where the outer wall is seen at its near side, the inner wall is seen at the far side of its hole, about as
 * wide, down to the dark line in which the band stands on its ground. In place.
 */
export const addInnerWall = ({ odds, lab }: Pick<Decision, 'odds' | 'lab'>): void => {
  const { width, height } = lab;
  const mask = new Uint8Array(odds.length);
  for (let at = 0; at < odds.length; at++) mask[at] = (odds[at] ?? 0) > 0 ? 1 : 0;
  const opening = openingIn(mask, width, height);
  if (!opening) return;
  const rim = ellipseOf(opening.pixels, width);
  const seenAt = rim.short / rim.long;
  if (seenAt < SEEN_AT[0] || seenAt > SEEN_AT[1] || likeness(rim, opening.pixels, width) < LIKE_AN_ELLIPSE) return;
  const [one, other] = [widthOfBand(rim, 1, mask, width, height), widthOfBand(rim, -1, mask, width, height)];
  if (one === null || other === null || Math.max(one, other) < WIDER * Math.min(one, other)) return;
  const far = one > other ? -1 : 1;
  const lower = lowerRim(rim, far, Math.abs(one - other), lab);
  if (!lower) return;
  for (const at of opening.pixels) {
    const x = at % width;
    const y = (at - x) / width;
    odds[at] = Math.max(odds[at] ?? 0, oddsInside(distanceTo(lower, x, y)));
  }
  // a band is solid: what seem to be holes in its outer wall are mirrors, too
  for (let at = 0; at < odds.length; at++) if (mask[at] && (odds[at] ?? 0) <= 0) odds[at] = 3 * MOST_ODDS;
};

/** The one large hole, of a piece that is all there is; what other holes there are is filled in the mask. */
const openingIn = (mask: Uint8Array, width: number, height: number): Region | null => {
  const holes = regionsOf(mask, width, height, 0).filter(({ touchesFrame }) => !touchesFrame);
  const opening = holes.reduce<Region | null>((largest, hole) => (hole.area > (largest?.area ?? 0) ? hole : largest), null);
  if (!opening || opening.area < OPENING * mask.length) return null;
  for (const hole of holes) if (hole !== opening) for (const at of hole.pixels) mask[at] = 1;
  return opening;
};

const quantile = (sorted: number[], share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;

/** Angles on the circle about the one end (1) or the other (-1) of the short axis. */
const anglesAt = (end: 1 | -1): number[] =>
  Array.from({ length: MEASURES }, (_, at) => end * (Math.PI / 2 + SECTOR * ((2 * at) / (MEASURES - 1) - 1)));

/** How wide the piece is beyond one end of a hole's short axis, along that axis; null when it is not even. */
const widthOfBand = (rim: Ellipse, end: 1 | -1, mask: Uint8Array, width: number, height: number): number | null => {
  const widths = anglesAt(end).map((angle) => {
    const { x, y } = placeOn(rim, angle);
    let last = 0;
    for (let step = -GAP; step - last <= GAP; step++) {
      const [column, row] = [Math.round(x - end * rim.sin * step), Math.round(y + end * rim.cos * step)];
      if (column < 0 || row < 0 || column >= width || row >= height) break;
      if (mask[row * width + column]) last = Math.max(last, step);
    }
    return last;
  });
  widths.sort((one, other) => one - other);
  const middle = quantile(widths, 0.5);
  return middle > 0 && quantile(widths, 0.75) - quantile(widths, 0.25) < EVEN * middle ? middle : null;
};

/** The lower rim of a band's inner wall at its far end: the darkest line there; null when none is darker than both sides of it. */
const lowerRim = (rim: Ellipse, far: 1 | -1, outerWall: number, lab: LabPlanes): Ellipse | null => {
  let [darkest, lower]: [number, Ellipse | null] = [Infinity, null];
  const profile: number[] = [];
  const first = Math.max(2, Math.round(NARROWEST * outerWall));
  for (let wall = first - 2; wall <= WIDEST * outerWall + 2; wall++) {
    let least = Infinity;
    for (const size of FARTHER) {
      // its far end is `wall` px nearer to us than the upper rim's
      const moved = far * (rim.short * (1 - size) - wall);
      const tried = { ...rim, x: rim.x - rim.sin * moved, y: rim.y + rim.cos * moved, long: rim.long * size, short: rim.short * size };
      const lightness = lightnessAlong(tried, far, lab);
      least = Math.min(least, lightness);
      if (wall >= first && wall <= WIDEST * outerWall && lightness < darkest) [darkest, lower] = [lightness, tried];
    }
    profile.push(least);
  }
  const at = profile.indexOf(darkest);
  const isLine =
    Math.min(Math.max(...profile.slice(0, at)), Math.max(...profile.slice(at + 1))) >
    darkest + Math.min(CONTACT[0], CONTACT[1] * (1 + darkest));
  return at > 0 && isLine ? lower : null;
};

const lightnessAlong = (rim: Ellipse, end: 1 | -1, { l, width, height }: LabPlanes): number => {
  let sum = 0;
  for (const angle of anglesAt(end)) {
    const { x, y } = placeOn(rim, angle);
    const column = Math.max(0, Math.min(width - 1, Math.round(x)));
    sum += l[Math.max(0, Math.min(height - 1, Math.round(y))) * width + column] ?? 0;
  }
  return sum / MEASURES;
};
