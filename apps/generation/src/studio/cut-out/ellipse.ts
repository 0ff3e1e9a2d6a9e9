/** A circle seen at an angle: px of the raster. */
export interface Ellipse {
  /** the middle */
  x: number;
  y: number;
  /** half of the long and of the short axis */
  long: number;
  short: number;
  /** direction of the long axis */
  cos: number;
  sin: number;
}

/** The ellipse with the moments of some pixels. */
export const ellipseOf = (pixels: Int32Array, width: number): Ellipse => {
  let [sumX, sumY, sumXX, sumYY, sumXY] = [0, 0, 0, 0, 0];
  for (const at of pixels) {
    const x = at % width;
    const y = (at - x) / width;
    sumX += x;
    sumY += y;
    sumXX += x * x;
    sumYY += y * y;
    sumXY += x * y;
  }
  const count = Math.max(1, pixels.length);
  const [x, y] = [sumX / count, sumY / count];
  const [varX, varY, both] = [sumXX / count - x * x, sumYY / count - y * y, sumXY / count - x * y];
  const middle = (varX + varY) / 2;
  const apart = Math.hypot((varX - varY) / 2, both);
  const angle = Math.atan2(2 * both, varX - varY) / 2;
  // the variance along an axis of a filled ellipse is a quarter of its square
  return {
    x,
    y,
    long: 2 * Math.sqrt(middle + apart),
    short: 2 * Math.sqrt(Math.max(0, middle - apart)),
    cos: Math.cos(angle),
    sin: Math.sin(angle),
  };
};

/** How far a place is from the middle, in parts of the way to the ellipse: below 1 is inside. */
export const reachOf = ({ x, y, long, short, cos, sin }: Ellipse, column: number, row: number): number => {
  const [dx, dy] = [column - x, row - y];
  return Math.hypot((dx * cos + dy * sin) / Math.max(1e-3, long), (dy * cos - dx * sin) / Math.max(1e-3, short));
};

/** Intersection over union of some pixels and an ellipse. */
export const likeness = (ellipse: Ellipse, pixels: Int32Array, width: number): number => {
  let inside = 0;
  for (const at of pixels) if (reachOf(ellipse, at % width, Math.floor(at / width)) <= 1) inside++;
  return inside / (pixels.length + Math.PI * ellipse.long * ellipse.short - inside);
};

/** The place on an ellipse at an angle from its long axis (radians, not of the picture but of the circle that it is). */
export const placeOn = ({ x, y, long, short, cos, sin }: Ellipse, angle: number): { x: number; y: number } => {
  const [along, across] = [long * Math.cos(angle), short * Math.sin(angle)];
  return { x: x + along * cos - across * sin, y: y + along * sin + across * cos };
};

/** px from a place to the ellipse along the way to its middle: above 0 outside. */
export const distanceTo = (ellipse: Ellipse, column: number, row: number): number => {
  const reach = reachOf(ellipse, column, row);
  return reach < 1e-3 ? -ellipse.short : (Math.hypot(column - ellipse.x, row - ellipse.y) * (reach - 1)) / reach;
};
