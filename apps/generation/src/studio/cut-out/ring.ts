import { solve } from '../least-squares';
import { regionsOf, type Region } from '../regions';
import { distanceTo, ellipseOf, likeness, reachOf, type Ellipse } from './ellipse';
import type { FirstLook } from './first-look';
import type { Decision } from './learn';
import { oddsInside } from './outline';

/** Share of the picture from which a hole may be a ring's, and how much of an ellipse it must be before it is fitted. */
const OPENING = 0.03;
const LIKE_AN_ELLIPSE = 0.88;
/** Share of all that was found that one piece must be. */
const ALONE = 0.75;
/** Directions in which the outlines are looked for. */
const DIRECTIONS = 240;
/** px that a crossing of the ring may show no piece. */
const GAP = 2;
const ROUNDS = 12;
/** px from the outline beyond which a point does not count in the fit, in the first round and in the last. */
const OUTLIER = [16, 4] as const;
/** px from the outline within which a point agrees with it, and share of them that must. */
const AGREES = 2;
const AGREEING = 0.7;
/** px that something missing reaches into the ring, or something foreign out of it. */
const DEEP = 1;
/** Sharpness of what sticks out of a ring, in parts of the ring's own, below which it is the clutter behind. */
const SOFT = 0.6;

interface Point {
  x: number;
  y: number;
}

/**
 * Keeps a ring or a bangle before a clutter to its form: both its outlines are ellipses, so that what is missing between them
 * is added, and what sticks out of them, softer than the ring, is the clutter's. In place.
 */
export const keepToRing = ({ odds, lab }: Pick<Decision, 'odds' | 'lab'>, { cluttered, focus }: FirstLook): void => {
  if (!cluttered) return;
  const { width, height } = lab;
  const mask = new Uint8Array(odds.length);
  for (let at = 0; at < odds.length; at++) mask[at] = (odds[at] ?? 0) > 0 ? 1 : 0;
  const opening = openingIn(mask, width, height);
  if (!opening) return;
  const start = ellipseOf(opening.pixels, width);
  if (likeness(start, opening.pixels, width) < LIKE_AN_ELLIPSE) return;
  const { inner: innerPoints, outer: outerPoints } = outlinesAround(start, mask, width, height);
  const inner = fitted(innerPoints);
  const outer = fitted(outerPoints);
  if (!inner || !outer) return;

  const ring = new Uint8Array(odds.length);
  const missing = new Uint8Array(odds.length);
  const outside = new Uint8Array(odds.length);
  let [sharpness, count] = [0, 0];
  for (let at = 0; at < odds.length; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    if (reachOf(inner, x, y) >= 1 && reachOf(outer, x, y) <= 1) {
      ring[at] = 1;
      sharpness += focus[at] ?? 0;
      count++;
      if (!mask[at]) missing[at] = 1;
    } else if ((odds[at] ?? 0) > 0) outside[at] = 1;
  }
  // a piece that is not quite a ring is left as it was found: only what goes deep is an error
  const depthAt = (at: number): number => {
    const [x, y] = [at % width, Math.floor(at / width)];
    return Math.min(distanceTo(inner, x, y), -distanceTo(outer, x, y));
  };
  const isDeep = (pixels: Int32Array): boolean => pixels.some((at) => Math.abs(depthAt(at)) > DEEP);
  for (const { pixels } of regionsOf(missing, width, height, 1)) {
    if (isDeep(pixels)) for (const at of pixels) odds[at] = oddsInside(depthAt(at));
  }
  const soft = (SOFT * sharpness) / Math.max(1, count);
  for (const { pixels, area } of regionsOf(outside, width, height, 1)) {
    let sum = 0;
    let grown = false;
    for (const at of pixels) {
      sum += focus[at] ?? 0;
      grown ||= [at - 1, at + 1, at - width, at + width].some((neighbour) => ring[neighbour]);
    }
    // what lies apart is a piece of its own, such as the other of a pair
    if (grown && sum / area < soft && isDeep(pixels)) for (const at of pixels) odds[at] = -oddsInside(-depthAt(at));
  }
};

/** The large hole of a piece that is all there is (hoops come in pairs, and are no rings); what other holes there are is filled in the mask. */
const openingIn = (mask: Uint8Array, width: number, height: number): Region | null => {
  const areas = regionsOf(mask, width, height, 1).map(({ area }) => area);
  if (Math.max(...areas) < ALONE * areas.reduce((sum, area) => sum + area, 0)) return null;
  const holes = regionsOf(mask, width, height, 0).filter(({ touchesFrame }) => !touchesFrame);
  const opening = holes.reduce<Region | null>((largest, hole) => (hole.area > (largest?.area ?? 0) ? hole : largest), null);
  if (!opening || opening.area < OPENING * mask.length) return null;
  for (const hole of holes) if (hole !== opening) for (const at of hole.pixels) mask[at] = 1;
  return opening;
};

/** Where the piece begins and ends, seen from the middle of its hole. */
const outlinesAround = ({ x, y }: Ellipse, mask: Uint8Array, width: number, height: number): { inner: Point[]; outer: Point[] } => {
  const [inner, outer]: [Point[], Point[]] = [[], []];
  for (let direction = 0; direction < DIRECTIONS; direction++) {
    const angle = (2 * Math.PI * direction) / DIRECTIONS;
    const [stepX, stepY] = [Math.cos(angle), Math.sin(angle)];
    let [first, last] = [0, 0];
    for (let step = 1; first === 0 || step - last <= GAP; step++) {
      const [column, row] = [Math.round(x + stepX * step), Math.round(y + stepY * step)];
      if (column < 0 || row < 0 || column >= width || row >= height) break;
      if (!mask[row * width + column]) continue;
      if (first === 0) first = step;
      last = step;
    }
    if (first === 0) continue;
    inner.push({ x: x + stepX * (first - 0.5), y: y + stepY * (first - 0.5) });
    outer.push({ x: x + stepX * (last + 0.5), y: y + stepY * (last + 0.5) });
  }
  return { inner, outer };
};

/** The ellipse that most of the points lie on (weighted least squares of a conic, Tukey's weights); null when too few do. */
const fitted = (points: readonly Point[]): Ellipse | null => {
  const middle = { x: 0, y: 0 };
  for (const { x, y } of points) {
    middle.x += x / points.length;
    middle.y += y / points.length;
  }
  const scale = points.reduce((sum, { x, y }) => sum + Math.hypot(x - middle.x, y - middle.y), 0) / Math.max(1, points.length);
  const weights = new Float64Array(points.length).fill(1);
  let ellipse: Ellipse | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    ellipse = ellipseThrough(points, weights, middle, scale);
    if (!ellipse) return null;
    const limit = OUTLIER[0] + ((OUTLIER[1] - OUTLIER[0]) * round) / (ROUNDS - 1);
    for (const [at, point] of points.entries()) weights[at] = Math.max(0, 1 - (distanceTo(ellipse, point.x, point.y) / limit) ** 2) ** 2;
  }
  const found = ellipse;
  const agreeing = points.filter((point) => found && Math.abs(distanceTo(found, point.x, point.y)) <= AGREES).length;
  return agreeing >= AGREEING * points.length ? found : null;
};

/** Solves p xx + q xy + r yy + s x + t y = 1 for the points (about a middle, in parts of a scale). */
const ellipseThrough = (points: readonly Point[], weights: Float64Array, middle: Point, scale: number): Ellipse | null => {
  const rows = Array.from({ length: 5 }, (_, row) => Float64Array.from({ length: 6 }, (_, column) => (column === row ? 1e-6 : 0)));
  for (const [at, point] of points.entries()) {
    const [x, y] = [(point.x - middle.x) / scale, (point.y - middle.y) / scale];
    const terms = [x * x, x * y, y * y, x, y, 1];
    rows.forEach((target, row) => {
      for (let column = 0; column < 6; column++)
        target[column] = (target[column] ?? 0) + (weights[at] ?? 0) * (terms[row] ?? 0) * (terms[column] ?? 0);
    });
  }
  const [p = 0, q = 0, r = 0, s = 0, t = 0] = solve(rows, 5);
  const determinant = 4 * p * r - q * q;
  if (determinant <= 0 || p <= 0) return null;
  const [x, y] = [(q * t - 2 * r * s) / determinant, (q * s - 2 * p * t) / determinant];
  const size = 1 + p * x * x + q * x * y + r * y * y;
  const apart = Math.hypot(p - r, q);
  const [flat, steep] = [(p + r - apart) / 2, (p + r + apart) / 2];
  const angle = Math.atan2(q, p - r) / 2 + Math.PI / 2;
  return {
    x: middle.x + scale * x,
    y: middle.y + scale * y,
    long: scale * Math.sqrt(size / flat),
    short: scale * Math.sqrt(size / steep),
    cos: Math.cos(angle),
    sin: Math.sin(angle),
  };
};
