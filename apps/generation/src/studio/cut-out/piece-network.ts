import { convolve, mixed, rectify, separable, sum, type Activations } from '../network/layers';
import { openWeights, type Weights } from '../network/weights';
import { halved } from './coarse-plane';
import { MOST_ODDS, type FirstLook } from './first-look';
import type { Decision } from './learn';
import stored from './piece-network.json';

/** px of the decision that each side is made a multiple of: the network halves its input four times, and that is half the decision's. */
const MULTIPLE = 64;
/** px of the decision, along each side, that one pixel of the network's answer is for. */
const ANSWERED = 4;

/** Values of each plane that stand for -1 and 1. */
const LIGHTNESS = [0, 100] as const;
const COLOUR = [-64, 64] as const;
const SHARPNESS = [0, 8] as const;
const TEXTURE = [0, 30] as const;
const ODDS = [-MOST_ODDS, MOST_ODDS] as const;

type Judged = Pick<Decision, 'odds' | 'local'>;

let opened: Weights | null = null;

/**
 * What a small network makes of a decision: log odds of the piece per pixel. It says how far the decision is to be believed
 * at each pixel, and what it takes the pixel for itself. It was trained on rendered photos (bench/cutout/training), and has seen how
 * stones, mirrors and closed outlines look that have their ground's colours.
 */
export const secondOpinion = (look: FirstLook, judged: Judged): Float32Array => {
  const { width, height } = look.lab;
  opened ??= openWeights(stored.weights, Buffer.from(stored.bytes, 'base64'));
  const answers = run(opened, stacked(planesOf(look, judged), width, height));
  const result = new Float32Array(judged.odds.length);
  const own = ANSWERED ** 2;
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.floor(y / ANSWERED) * answers.width;
    for (let x = 0; x < width; x++, at++) {
      const from = (row + Math.floor(x / ANSWERED)) * answers.channels + ANSWERED * (y % ANSWERED) + (x % ANSWERED);
      const belief = 1 / (1 + Math.exp(-(answers.data[from + own] ?? 0)));
      const odds = (answers.data[from] ?? 0) + belief * (judged.odds[at] ?? 0);
      result[at] = Math.max(-MOST_ODDS, Math.min(MOST_ODDS, odds));
    }
  }
  return result;
};

/** What the network looks at: ten planes of the decision's size, from -1 to 1. */
export const planesOf = ({ lab, focus, variation, odds: first }: FirstLook, { odds, local }: Judged): Float32Array[] => [
  scaled(lab.l, LIGHTNESS),
  scaled(lab.a, COLOUR),
  scaled(lab.b, COLOUR),
  scaled(focus.map(logarithm), SHARPNESS),
  scaled(variation, TEXTURE),
  scaled(first, ODDS),
  scaled(odds, ODDS),
  scaled(difference(lab.l, local.l), COLOUR),
  scaled(difference(lab.a, local.a), COLOUR),
  scaled(difference(lab.b, local.b), COLOUR),
];

const logarithm = (value: number): number => Math.log2(1 + value);

const scaled = (values: Float32Array, [least, most]: readonly [number, number]): Float32Array => {
  const plane = new Float32Array(values.length);
  const factor = 2 / (most - least);
  for (let at = 0; at < plane.length; at++) plane[at] = Math.max(-1, Math.min(1, factor * ((values[at] ?? 0) - least) - 1));
  return plane;
};

const difference = (own: Float32Array, ground: Float32Array): Float32Array => {
  const plane = new Float32Array(own.length);
  for (let at = 0; at < plane.length; at++) plane[at] = (own[at] ?? 0) - (ground[at] ?? 0);
  return plane;
};

/** The planes at half their size as channels, the last column and row repeated up to a multiple. */
const stacked = (planes: Float32Array[], width: number, height: number): Activations => {
  const columns = (Math.ceil(width / MULTIPLE) * MULTIPLE) / 2;
  const rows = (Math.ceil(height / MULTIPLE) * MULTIPLE) / 2;
  const data = new Float32Array(columns * rows * planes.length);
  const [halfWidth, halfHeight] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  planes.forEach((plane, channel) => {
    const half = halved(plane, width, height);
    for (let y = 0, to = channel; y < rows; y++) {
      const row = Math.min(halfHeight - 1, y) * halfWidth;
      for (let x = 0; x < columns; x++, to += planes.length) data[to] = half[row + Math.min(halfWidth - 1, x)] ?? 0;
    }
  });
  return { data, width: columns, height: rows, channels: planes.length };
};

/** 32 answers for each 4 x 4 px of the decision: its own log odds, then how much of the decision's count (logistic). */
const run = (weights: Weights, input: Activations): Activations => {
  const convolved = (from: Activations, layer: string, stride = 1): Activations =>
    convolve(from, weights(`${layer}/filters`), weights(`${layer}/bias`), stride, true);
  const mixedBy = (from: Activations, layer: string): Activations => mixed(from, weights(`${layer}/filters`), weights(`${layer}/bias`));
  const plus = (from: Activations, layer: string): Activations => rectify(sum(from, convolved(from, layer)));
  const plusSeparable = (from: Activations, layer: string): Activations => rectify(sum(from, separable(from, weights, layer)));
  const halfAsLarge = (from: Activations, layer: string): Activations => plus(rectify(convolved(from, `${layer}/smaller`, 2)), layer);
  const joined = (small: Activations, large: Activations, layer: string): Activations =>
    rectify(sum(doubled(mixedBy(small, `${layer}/larger`)), large));

  const level0 = plusSeparable(rectify(convolved(input, 'stem', 2)), 'down0');
  const level1 = halfAsLarge(level0, 'down1');
  const level2 = halfAsLarge(level1, 'down2');
  const level3 = halfAsLarge(level2, 'down3');
  const wide2 = plus(joined(level3, level2, 'up2'), 'up2');
  const wide1 = plus(joined(wide2, level1, 'up1'), 'up1');
  const wide0 = plusSeparable(joined(wide1, level0, 'up0'), 'up0');
  return mixedBy(wide0, 'head');
};

/** Each pixel four times. */
const doubled = ({ data, width, height, channels }: Activations): Activations => {
  const result = new Float32Array(4 * data.length);
  for (let y = 0; y < 2 * height; y++) {
    for (let x = 0; x < 2 * width; x++) {
      const from = ((y >> 1) * width + (x >> 1)) * channels;
      result.set(data.subarray(from, from + channels), (2 * y * width + x) * channels);
    }
  }
  return { data: result, width: 2 * width, height: 2 * height, channels };
};
