import { readFileSync } from 'node:fs';

/** Activations of a layer: rows of pixels of channels. */
export interface Activations {
  data: Float32Array;
  width: number;
  height: number;
  channels: number;
}

/** Weights by name, as numbers. */
export type Weights = (name: string) => Float32Array;

interface ManifestEntry {
  name: string;
  shape: number[];
  quantization: { scale: number; min: number };
}

/** Reads a model of the package: 8-bit weights one after another, and a list of what they are. */
export const readWeights = (model: string): Weights => {
  const path = require.resolve(`@vladmandic/face-api/model/${model}.bin`);
  const bytes = readFileSync(path);
  const manifest = JSON.parse(readFileSync(path.replace(/\.bin$/, '-weights_manifest.json'), 'utf8')) as { weights: ManifestEntry[] }[];
  const weights = new Map<string, Float32Array>();
  let offset = 0;
  for (const { name, shape, quantization } of manifest.flatMap((group) => group.weights)) {
    const count = shape.reduce((product, side) => product * side, 1);
    const { scale, min } = quantization;
    weights.set(
      name,
      Float32Array.from(bytes.subarray(offset, offset + count), (value) => value * scale + min),
    );
    offset += count;
  }
  return (name) => {
    const found = weights.get(name);
    if (!found) throw new Error(`The model ${model} has no weights "${name}".`);
    return found;
  };
};

/** 3 x 3 convolution. `padded`: the result is as large as the input / `stride`, as TensorFlow's SAME does it. */
export const convolve = (input: Activations, filters: Float32Array, bias: Float32Array, stride: number, padded: boolean): Activations => {
  const { width, height, startX, startY } = outputOf(input, stride, padded);
  const outputs = bias.length;
  const data = new Float32Array(width * height * outputs);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const to = (y * width + x) * outputs;
      data.set(bias, to);
      forEachTap(input, x * stride + startX, y * stride + startY, (tap, from) => {
        for (let channel = 0; channel < input.channels; channel++) {
          addScaled(data, to, input.data[from + channel] ?? 0, filters, (tap * input.channels + channel) * outputs, outputs);
        }
      });
    }
  }
  return { data, width, height, channels: outputs };
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
export const mixed = (input: Activations, matrix: Float32Array, bias: Float32Array): Activations => {
  const outputs = bias.length;
  const pixels = input.width * input.height;
  const data = new Float32Array(pixels * outputs);
  for (let pixel = 0; pixel < pixels; pixel++) {
    data.set(bias, pixel * outputs);
    for (let channel = 0; channel < input.channels; channel++) {
      addScaled(data, pixel * outputs, input.data[pixel * input.channels + channel] ?? 0, matrix, channel * outputs, outputs);
    }
  }
  return { data, width: input.width, height: input.height, channels: outputs };
};

const addScaled = (data: Float32Array, to: number, factor: number, row: Float32Array, from: number, count: number): void => {
  if (factor === 0) return;
  for (let at = 0; at < count; at++) data[to + at] = (data[to + at] ?? 0) + factor * (row[from + at] ?? 0);
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
