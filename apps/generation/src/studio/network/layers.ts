import type { Weights } from './weights';

/** Activations of a layer: rows of pixels of channels. */
export interface Activations {
  data: Float32Array;
  width: number;
  height: number;
  channels: number;
}

/** 3 x 3 convolution. `padded`: the result is as large as the input / `stride`, as TensorFlow's SAME does it. */
export const convolve = (input: Activations, filters: Float32Array, bias: Float32Array, stride: number, padded: boolean): Activations => {
  const { width, height, startX, startY } = outputOf(input, stride, padded);
  const { channels } = input;
  const data = new Float32Array(width * height * bias.length);
  const seen = new Float64Array(9 * channels);
  const writeProduct = productOf(filters, bias, seen);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += bias.length) {
      seen.fill(0);
      forEachTap(input, x * stride + startX, y * stride + startY, (tap, from) => {
        for (let channel = 0; channel < channels; channel++) seen[tap * channels + channel] = input.data[from + channel] ?? 0;
      });
      writeProduct(data, to);
    }
  }
  return { data, width, height, channels: bias.length };
};

/** A 3 x 3 filter for each channel, then a mix of the channels: the cheap convolution of MobileNets. */
export const separable = (input: Activations, weights: Weights, layer: string, stride = 1): Activations => {
  const filters = weights(`${layer}/depthwise_filter`);
  const { width, height, startX, startY } = outputOf(input, stride, true);
  const filtered = new Float32Array(width * height * input.channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const to = (y * width + x) * input.channels;
      forEachTap(input, x * stride + startX, y * stride + startY, (tap, from) => {
        const row = tap * input.channels;
        for (let channel = 0; channel < input.channels; channel++) {
          filtered[to + channel] = (filtered[to + channel] ?? 0) + (input.data[from + channel] ?? 0) * (filters[row + channel] ?? 0);
        }
      });
    }
  }
  return mixed({ data: filtered, width, height, channels: input.channels }, weights(`${layer}/pointwise_filter`), weights(`${layer}/bias`));
};

/** Every pixel's channels through one matrix: a 1 x 1 convolution. */
export const mixed = ({ data: values, width, height, channels }: Activations, matrix: Float32Array, bias: Float32Array): Activations => {
  const data = new Float32Array(width * height * bias.length);
  const seen = new Float64Array(channels);
  const writeProduct = productOf(matrix, bias, seen);
  for (let from = 0, to = 0; from < values.length; from += channels, to += bias.length) {
    for (let channel = 0; channel < channels; channel++) seen[channel] = values[from + channel] ?? 0;
    writeProduct(data, to);
  }
  return { data, width, height, channels: bias.length };
};

/** Outputs whose sums are made side by side, in the processor's registers. */
const SIDE_BY_SIDE = 4;

/** Writes what a matrix (a row for each input, a column for each output) makes of a vector, and the bias, where it is told to. */
const productOf = (matrix: Float32Array, bias: Float32Array, vector: Float64Array): ((result: Float32Array, to: number) => void) => {
  const [inputs, outputs] = [vector.length, bias.length];
  const sums = new Float64Array(Math.ceil(outputs / SIDE_BY_SIDE) * SIDE_BY_SIDE);
  const columns = new Float64Array(sums.length * inputs);
  for (let at = 0; at < matrix.length; at++) columns[(at % outputs) * inputs + Math.floor(at / outputs)] = matrix[at] ?? 0;
  return (result, to) => {
    multiply(columns, vector, sums);
    for (let output = 0; output < outputs; output++) result[to + output] = (sums[output] ?? 0) + (bias[output] ?? 0);
  };
};

/** Sums of a vector by columns. Takes all that it needs as arguments: what a closure holds is read anew at every step. */
const multiply = (columns: Float64Array, vector: Float64Array, sums: Float64Array): void => {
  const inputs = vector.length;
  for (let output = 0; output < sums.length; output += SIDE_BY_SIDE) {
    let [first, second, third, fourth] = [0, 0, 0, 0];
    for (let input = 0, at = output * inputs; input < inputs; input++, at++) {
      const value = vector[input] ?? 0;
      first += value * (columns[at] ?? 0);
      second += value * (columns[at + inputs] ?? 0);
      third += value * (columns[at + 2 * inputs] ?? 0);
      fourth += value * (columns[at + 3 * inputs] ?? 0);
    }
    sums[output] = first;
    sums[output + 1] = second;
    sums[output + 2] = third;
    sums[output + 3] = fourth;
  }
};

const outputOf = ({ width, height }: Activations, stride: number, padded: boolean) => {
  const size = (length: number): number => (padded ? Math.ceil(length / stride) : Math.floor((length - 3) / stride) + 1);
  const start = (length: number): number => (padded ? -Math.floor(Math.max(0, (size(length) - 1) * stride + 3 - length) / 2) : 0);
  return { width: size(width), height: size(height), startX: start(width), startY: start(height) };
};

/** The 3 x 3 pixels from a corner on that lie inside, each with its number 0..8 and where its channels begin. */
const forEachTap = (input: Activations, left: number, top: number, visit: (tap: number, from: number) => void): void => {
  for (let row = 0; row < 3; row++) {
    const y = top + row;
    if (y < 0 || y >= input.height) continue;
    for (let column = 0; column < 3; column++) {
      const x = left + column;
      if (x >= 0 && x < input.width) visit(3 * row + column, (y * input.width + x) * input.channels);
    }
  }
};

/** The greatest of 2 x 2 pixels, every `stride` px. */
export const maxPool = (input: Activations, stride: 1 | 2): Activations => {
  const [width, height] = [Math.ceil(input.width / stride), Math.ceil(input.height / stride)];
  const data = new Float32Array(width * height * input.channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < input.channels; channel++) {
        let most = -Infinity;
        for (let row = y * stride; row < Math.min(input.height, y * stride + 2); row++) {
          for (let column = x * stride; column < Math.min(input.width, x * stride + 2); column++) {
            most = Math.max(most, input.data[(row * input.width + column) * input.channels + channel] ?? 0);
          }
        }
        data[(y * width + x) * input.channels + channel] = most;
      }
    }
  }
  return { data, width, height, channels: input.channels };
};

/** What is below 0 becomes `leak` of itself. Changes the input. */
export const rectify = (input: Activations, leak = 0): Activations => {
  for (let at = 0; at < input.data.length; at++) {
    const value = input.data[at] ?? 0;
    if (value < 0) input.data[at] = value * leak;
  }
  return input;
};

/** Sum of activations of one size. */
export const sum = (...all: readonly Activations[]): Activations => {
  const [first] = all;
  if (!first) throw new Error('There is nothing to add up.');
  const data = new Float32Array(first.data.length);
  for (const { data: other } of all) for (let at = 0; at < data.length; at++) data[at] = (data[at] ?? 0) + (other[at] ?? 0);
  return { ...first, data };
};
