import type { LabPlanes } from './colour-space';

/** What the ground would look like without the piece, and how far it strays from that by its own texture. */
export interface GroundModel {
  ground: LabPlanes;
  /** spread of the ground's lightness, a and b about the model (standard deviation, L*a*b* units) */
  spread: readonly [number, number, number];
  /** share of the picture's border that the model explains, 0..1; a cluttered ground explains little */
  explained: number;
  /** spreads below these are sensor noise */
  least: readonly [number, number, number];
}

const TERMS = 6;
const ROUNDS = 7;
/** Points along the longer side that a surface is fitted to: three coefficients a side need no more. */
const LATTICE = 100;
/** Spreads below these are sensor noise; trusting them would make every JPEG block a piece. */
const LEAST_SPREAD = [2, 1.2, 1.2] as const;
/** Pixels further than this many spreads from the model do not count as ground. */
const OUTLIER = 6;
/** Share of the shorter side that is taken for border: there the ground is most likely bare. */
const BORDER = 0.06;

/** Every so many pixels are enough for a median. */
const EVERY = 7;

/** True for pixels of the frame of the picture, where a photographer leaves the ground bare. */
export const borderMask = (width: number, height: number): Uint8Array => {
  const margin = Math.max(2, Math.round(BORDER * Math.min(width, height)));
  const mask = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const edgeRow = y < margin || y >= height - margin;
    for (let x = 0; x < width; x++) mask[y * width + x] = edgeRow || x < margin || x >= width - margin ? 1 : 0;
  }
  return mask;
};

/** Spread of a plane about its model where `weight` is high: the median distance as a standard deviation. */
export const spreadOf = (plane: Float32Array, model: Float32Array, weight: Float32Array, least: number): number => {
  const distances = new Float32Array(Math.ceil(plane.length / EVERY));
  let count = 0;
  for (let at = 0; at < plane.length; at += EVERY) {
    if ((weight[at] ?? 0) > 0.3) distances[count++] = Math.abs((plane[at] ?? 0) - (model[at] ?? 0));
  }
  const sorted = distances.subarray(0, count).sort();
  return Math.max(least, 1.48 * (sorted[count >> 1] ?? least));
};

/** Solves the normal equations in place (Gauss-Jordan with pivots); the ridge that callers add keeps them regular. */
const solve = (rows: Float64Array[], size: number): Float64Array => {
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = row;
    }
    const lead = rows[pivot] ?? new Float64Array(size + 1);
    rows[pivot] = rows[column] ?? lead;
    rows[column] = lead;
    for (const row of rows) {
      if (row === lead) continue;
      const factor = (row[column] ?? 0) / (lead[column] ?? 1);
      for (let at = column; at <= size; at++) row[at] = (row[at] ?? 0) - factor * (lead[at] ?? 0);
    }
  }
  return Float64Array.from(rows, (row, at) => (row[size] ?? 0) / (row[at] ?? 1));
};

/** Weighted least squares of a quadratic surface over the picture, on every `step`-th pixel and row. */
const fitSurface = (
  plane: Float32Array,
  weight: Float32Array,
  { width, height }: { width: number; height: number },
  step: number,
  terms: Float64Array,
): Float64Array => {
  const rows = Array.from({ length: TERMS }, (_, at) =>
    Float64Array.from({ length: TERMS + 1 }, (_, column) => (column === at ? 1e-3 : 0)),
  );
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const at = y * width + x;
      const share = weight[at] ?? 0;
      if (share === 0) continue;
      setTerms(terms, x / width - 0.5, y / height - 0.5);
      for (let row = 0; row < TERMS; row++) {
        const target = rows[row];
        if (!target) continue;
        const scaled = share * (terms[row] ?? 0);
        for (let column = 0; column < TERMS; column++) target[column] = (target[column] ?? 0) + scaled * (terms[column] ?? 0);
        target[TERMS] = (target[TERMS] ?? 0) + scaled * (plane[at] ?? 0);
      }
    }
  }
  return solve(rows, TERMS);
};

const setTerms = (terms: Float64Array, x: number, y: number): void => {
  terms[0] = 1;
  terms[1] = x;
  terms[2] = y;
  terms[3] = x * x;
  terms[4] = x * y;
  terms[5] = y * y;
};

const paintSurface = (target: Float32Array, coefficients: Float64Array, width: number, height: number): void => {
  const [c0 = 0, c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0] = coefficients;
  for (let row = 0, at = 0; row < height; row++) {
    const y = row / height - 0.5;
    for (let column = 0; column < width; column++, at++) {
      const x = column / width - 0.5;
      target[at] = c0 + x * (c1 + c3 * x + c4 * y) + y * (c2 + c5 * y);
    }
  }
};

/**
 * Fits a quadratic surface per L*a*b* channel to the ground: from the border first, then from whatever elsewhere agrees
 * with it (iteratively reweighted least squares, Tukey's weights). A sweep's gradient, a vignette and light from one
 * side are of that shape.
 */
export const modelGround = (lab: LabPlanes): GroundModel => {
  const { width, height } = lab;
  const border = borderMask(width, height);
  const weight = Float32Array.from(border);
  const planes = [lab.l, lab.a, lab.b] as const;
  const ground = { l: new Float32Array(lab.l.length), a: new Float32Array(lab.l.length), b: new Float32Array(lab.l.length), width, height };
  const models = [ground.l, ground.a, ground.b] as const;
  const terms = new Float64Array(TERMS);
  const step = Math.max(2, Math.round(Math.max(width, height) / LATTICE));
  let spread: [number, number, number] = [...LEAST_SPREAD];
  for (let round = 0; round < ROUNDS; round++) {
    planes.forEach((plane, at) => paintSurface(models[at] ?? ground.l, fitSurface(plane, weight, lab, step, terms), width, height));
    spread = [0, 1, 2].map((at) => spreadOf(planes[at] ?? lab.l, models[at] ?? ground.l, weight, LEAST_SPREAD[at] ?? 1)) as typeof spread;
    for (let at = 0; at < weight.length; at++) {
      const l = ((lab.l[at] ?? 0) - (ground.l[at] ?? 0)) / spread[0];
      const a = ((lab.a[at] ?? 0) - (ground.a[at] ?? 0)) / spread[1];
      const b = ((lab.b[at] ?? 0) - (ground.b[at] ?? 0)) / spread[2];
      const rest = 1 - (l * l + a * a + b * b) / (OUTLIER * OUTLIER);
      // the inside joins after two rounds and counts half: a large piece must not pull the surface towards itself
      weight[at] = rest <= 0 ? 0 : rest * rest * (border[at] ? 1 : round > 1 ? 0.5 : 0);
    }
  }
  let frame = 0;
  let agreeing = 0;
  for (let at = 0; at < border.length; at++) {
    if (!border[at]) continue;
    frame++;
    if ((weight[at] ?? 0) > 0) agreeing++;
  }
  return { ground, spread, explained: agreeing / Math.max(1, frame), least: LEAST_SPREAD };
};
