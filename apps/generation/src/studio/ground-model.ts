import type { LabPlanes } from './colour-space';
import { LEAST_SHARP } from './cut-out/sharpness';
import { meanWhere, percentile } from './evidence';
import { solve } from './least-squares';

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
/** Points along the longer side that a surface is fitted to. */
const LATTICE = 100;
/** Spreads below these are sensor noise; trusting them would make every JPEG block a piece. */
const LEAST_SPREAD = [2, 1.2, 1.2] as const;
/** Pixels further than this many spreads from the model do not count as ground. */
const OUTLIER = 6;
/** Share of the shorter side that is taken for border: there the ground is most likely bare. */
const BORDER = 0.06;
/** The same where the piece nearly fills the picture, and would be taken for ground. */
const NARROW_BORDER = 0.02;
/** Sharpness, in parts of what most of the outermost border stays below, from which something is sharp there. */
const SHARPER = 2;
/** Share of the border's outermost part below which it is bare, and how much larger a share of the rest is sharp when the piece reaches into it. */
const BARE = 0.02;
const REACHES = 0.035;

/** Every so many pixels of a plane are enough for a median. */
const EVERY = 23;

/** True for pixels of the frame of the picture, where a photographer leaves the ground bare. */
export const borderMask = (width: number, height: number, share = BORDER): Uint8Array => {
  const margin = Math.max(2, Math.round(share * Math.min(width, height)));
  const mask = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const edgeRow = y < margin || y >= height - margin;
    for (let x = 0; x < width; x++) mask[y * width + x] = edgeRow || x < margin || x >= width - margin ? 1 : 0;
  }
  return mask;
};

/** Where the ground is looked for. */
export interface Border {
  /** 1 in the picture's border */
  mask: Uint8Array;
  /** the piece nearly fills the picture: there is no more ground to be found inside than piece that would be taken for it */
  isFilled: boolean;
}

/** The border, or its outermost part alone where the piece reaches into the rest. @param focus see `focusEvidence` */
export const bareBorder = (focus: Float32Array, width: number, height: number): Border => {
  const border = borderMask(width, height);
  const outermost = borderMask(width, height, NARROW_BORDER);
  const inner = border.map((edge, at) => (edge && !outermost[at] ? 1 : 0));
  const sharpest = Math.max(LEAST_SHARP, SHARPER * percentile(focus, outermost, 0.9));
  const sharp = focus.map((sharpness) => (sharpness > sharpest ? 1 : 0));
  const least = meanWhere(sharp, outermost);
  const isFilled = least < BARE && meanWhere(sharp, inner) > least + REACHES;
  return { mask: isFilled ? outermost : border, isFilled };
};

/** Spread of a plane about its model where `weight` is high: the median distance of every so many pixels, as a standard deviation. */
export const spreadOf = (
  plane: Float32Array,
  model: Float32Array,
  weight: Float32Array | Uint8Array,
  least: number,
  every = EVERY,
): number => {
  const distances = new Float32Array(Math.ceil(plane.length / every));
  let count = 0;
  for (let at = 0; at < plane.length; at += every) {
    if ((weight[at] ?? 0) > 0.3) distances[count++] = Math.abs((plane[at] ?? 0) - (model[at] ?? 0));
  }
  const sorted = distances.subarray(0, count).sort();
  return Math.max(least, 1.48 * (sorted[count >> 1] ?? least));
};

/** Every `step`-th pixel of every `step`-th row: a surface of three coefficients a side needs no more to be fitted to. */
interface Lattice {
  planes: readonly [Float32Array, Float32Array, Float32Array];
  /** place of each point, -0.5..0.5 from the picture's middle */
  x: Float32Array;
  y: Float32Array;
  /** 1 in the picture's border */
  border: Uint8Array;
}

const latticeOf = ({ l, a, b, width, height }: LabPlanes, border: Uint8Array): Lattice => {
  const step = Math.max(1, Math.round(Math.max(width, height) / LATTICE));
  const count = Math.ceil(width / step) * Math.ceil(height / step);
  const make = (): Float32Array => new Float32Array(count);
  const lattice = { planes: [make(), make(), make()] as const, x: make(), y: make(), border: new Uint8Array(count) };
  for (let y = 0, point = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step, point++) {
      const at = y * width + x;
      [l, a, b].forEach((plane, channel) => lattice.planes[channel]?.fill(plane[at] ?? 0, point, point + 1));
      lattice.x[point] = x / width - 0.5;
      lattice.y[point] = y / height - 0.5;
      lattice.border[point] = border[at] ?? 0;
    }
  }
  return lattice;
};

/** Weighted least squares of a quadratic surface. */
const fitSurface = (plane: Float32Array, weight: Float32Array, { x, y }: Lattice, terms: Float64Array): Float64Array => {
  const rows = Array.from({ length: TERMS }, (_, at) =>
    Float64Array.from({ length: TERMS + 1 }, (_, column) => (column === at ? 1e-3 : 0)),
  );
  for (let point = 0; point < plane.length; point++) {
    const share = weight[point] ?? 0;
    if (share === 0) continue;
    setTerms(terms, x[point] ?? 0, y[point] ?? 0);
    for (let row = 0; row < TERMS; row++) {
      const target = rows[row];
      if (!target) continue;
      const scaled = share * (terms[row] ?? 0);
      for (let column = 0; column < TERMS; column++) target[column] = (target[column] ?? 0) + scaled * (terms[column] ?? 0);
      target[TERMS] = (target[TERMS] ?? 0) + scaled * (plane[point] ?? 0);
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

type Coefficients = Float64Array;

const surfaceAt = ([c0 = 0, c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0]: Coefficients, x: number, y: number): number =>
  c0 + x * (c1 + c3 * x + c4 * y) + y * (c2 + c5 * y);

/** A surface over all of a picture. */
const painted = (coefficients: Coefficients, width: number, height: number): Float32Array => {
  const plane = new Float32Array(width * height);
  for (let row = 0, at = 0; row < height; row++) {
    const y = row / height - 0.5;
    for (let column = 0; column < width; column++, at++) plane[at] = surfaceAt(coefficients, column / width - 0.5, y);
  }
  return plane;
};

/**
 * Fits a quadratic surface per L*a*b* channel to the ground: from the border first, then from whatever elsewhere agrees
 * with it (iteratively reweighted least squares, Tukey's weights). A sweep's gradient, a vignette and light from one
 * side are of that shape.
 */
export const modelGround = (lab: LabPlanes, { mask, isFilled }: Border): GroundModel => {
  const { width, height } = lab;
  const lattice = latticeOf(lab, mask);
  const { planes, border } = lattice;
  const weight = Float32Array.from(border);
  const models = planes.map(({ length }) => new Float32Array(length)) as [Float32Array, Float32Array, Float32Array];
  const [modelL, modelA, modelB] = models;
  const [planeL, planeA, planeB] = planes;
  const terms = new Float64Array(TERMS);
  let surfaces: Coefficients[] = [];
  let spread: [number, number, number] = [...LEAST_SPREAD];
  for (let round = 0; round < ROUNDS; round++) {
    surfaces = planes.map((plane) => fitSurface(plane, weight, lattice, terms));
    surfaces.forEach((surface, channel) => {
      const model = models[channel];
      for (let at = 0; model && at < model.length; at++) model[at] = surfaceAt(surface, lattice.x[at] ?? 0, lattice.y[at] ?? 0);
    });
    spread = [
      spreadOf(planeL, modelL, weight, LEAST_SPREAD[0], 1),
      spreadOf(planeA, modelA, weight, LEAST_SPREAD[1], 1),
      spreadOf(planeB, modelB, weight, LEAST_SPREAD[2], 1),
    ];
    for (let at = 0; at < weight.length; at++) {
      const l = ((planeL[at] ?? 0) - (modelL[at] ?? 0)) / spread[0];
      const a = ((planeA[at] ?? 0) - (modelA[at] ?? 0)) / spread[1];
      const b = ((planeB[at] ?? 0) - (modelB[at] ?? 0)) / spread[2];
      const rest = 1 - (l * l + a * a + b * b) / (OUTLIER * OUTLIER);
      // the inside joins after two rounds and counts half: a large piece must not pull the surface towards itself
      weight[at] = rest <= 0 ? 0 : rest * rest * (border[at] ? 1 : round > 1 && !isFilled ? 0.5 : 0);
    }
  }
  let frame = 0;
  let agreeing = 0;
  for (let at = 0; at < border.length; at++) {
    if (!border[at]) continue;
    frame++;
    if ((weight[at] ?? 0) > 0) agreeing++;
  }
  const [l, a, b] = surfaces.map((surface) => painted(surface, width, height)) as [Float32Array, Float32Array, Float32Array];
  return { ground: { l, a, b, width, height }, spread, explained: agreeing / Math.max(1, frame), least: LEAST_SPREAD };
};
