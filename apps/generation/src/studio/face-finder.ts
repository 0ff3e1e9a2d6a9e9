import { readFileSync } from 'node:fs';
import { convolve, maxPool, mixed, rectify, separable, sum, type Activations } from './network/layers';
import { openWeights, type StoredWeights, type Weights } from './network/weights';
import { finish, pipeline, type Raster } from './raster';

/** px in the picture. */
export interface Point {
  x: number;
  y: number;
}

/** A face: its outline from the viewer's left ear down to the chin and up to the right ear, and its eyes. */
export interface Face {
  /** 17 points */
  jaw: Point[];
  leftEye: Point;
  rightEye: Point;
  /** how sure the detector is, 0..1 */
  score: number;
}

/** px. What the detector looks at, and what the finder of landmarks looks at. */
const DETECTOR_SIDE = 320;
const LANDMARK_SIDE = 112;
/** A face that the detector is less sure of is none: a necklace on a lampshade is worse than a plate. */
const SURE = 0.6;
/** Mean colours that the networks were trained with. */
const DETECTOR_MEAN = [117.001, 114.697, 97.404] as const;
const LANDMARK_MEAN = [122.782, 117.001, 104.298] as const;
/** Sizes of faces that the detector looks for, in cells. */
const ANCHORS = [
  [1.603231, 2.094468],
  [6.041143, 7.080126],
  [2.882459, 3.518061],
  [4.266906, 5.178857],
  [9.041765, 10.66308],
] as const;
/** Values per anchor: x, y, width, height, certainty. */
const VALUES = 5;

interface Found {
  left: number;
  top: number;
  width: number;
  height: number;
  score: number;
}

/**
 * Finds the largest face of a picture (3 channels), or null. The networks are face-api's tiny detector and landmarks
 * (https://github.com/vladmandic/face-api, MIT), whose 0.5 MB of weights come in the package; about 140 million
 * multiplications, in plain JavaScript.
 */
export const findFace = async (picture: Raster): Promise<Face | null> => {
  const [largest] = (await facesIn(picture)).sort((one, other) => other.width * other.score - one.width * one.score);
  return largest ? landmarksOf(picture, largest) : null;
};

/** Opens a network of the package: 8-bit values one after another, and a list of what they are. */
const readWeights = (model: string): Weights => {
  const path = require.resolve(`@vladmandic/face-api/model/${model}.bin`);
  const manifest = JSON.parse(readFileSync(path.replace(/\.bin$/, '-weights_manifest.json'), 'utf8')) as { weights: StoredWeights[] }[];
  return openWeights(
    manifest.flatMap(({ weights }) => weights),
    readFileSync(path),
  );
};

const leaky = (input: Activations): Activations => rectify(input, 0.1);

const facesIn = async (picture: Raster): Promise<Found[]> => {
  const scale = DETECTOR_SIDE / Math.max(picture.width, picture.height);
  const [width, height] = [Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale))];
  const small = await finish(
    pipeline(picture)
      .resize(width, height, { fit: 'fill' })
      .extend({ right: DETECTOR_SIDE - width, bottom: DETECTOR_SIDE - height, background: '#000' }),
  );
  const weights = readWeights('tiny_face_detector_model');
  let layer = maxPool(leaky(convolve(normalised(small, DETECTOR_MEAN), weights('conv0/filters'), weights('conv0/bias'), 1, false)), 2);
  for (const name of ['conv1', 'conv2', 'conv3', 'conv4']) layer = maxPool(leaky(separable(layer, weights, name)), 2);
  layer = maxPool(leaky(separable(layer, weights, 'conv5')), 1);
  const cells = mixed(layer, weights('conv8/filters'), weights('conv8/bias'));
  return decoded(cells, DETECTOR_SIDE / cells.width / scale);
};

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** @param cell px of the picture */
const decoded = ({ data, width, height }: Activations, cell: number): Found[] => {
  const found: Found[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      ANCHORS.forEach(([anchorWidth, anchorHeight], anchor) => {
        const [dx = 0, dy = 0, dw = 0, dh = 0, certainty = 0] = data.subarray(((y * width + x) * ANCHORS.length + anchor) * VALUES);
        const score = sigmoid(certainty);
        if (score < SURE) return;
        const [faceWidth, faceHeight] = [Math.exp(dw) * anchorWidth * cell, Math.exp(dh) * anchorHeight * cell];
        const [left, top] = [(x + sigmoid(dx)) * cell - faceWidth / 2, (y + sigmoid(dy)) * cell - faceHeight / 2];
        found.push({ left, top, width: faceWidth, height: faceHeight, score });
      });
    }
  }
  return found;
};

const landmarksOf = async (picture: Raster, { left, top, width, height, score }: Found): Promise<Face> => {
  // a square around the face; what of it lies outside of the picture is black
  const side = Math.max(8, Math.round(Math.max(width, height)));
  const [x, y] = [Math.round(left + (width - side) / 2), Math.round(top + (height - side) / 2)];
  const inside = {
    left: Math.max(0, x),
    top: Math.max(0, y),
    right: Math.min(picture.width, x + side),
    bottom: Math.min(picture.height, y + side),
  };
  const cropped = await finish(
    pipeline(picture)
      .extract({ left: inside.left, top: inside.top, width: inside.right - inside.left, height: inside.bottom - inside.top })
      .extend({
        left: inside.left - x,
        top: inside.top - y,
        right: x + side - inside.right,
        bottom: y + side - inside.bottom,
        background: '#000',
      }),
  );
  const small = await finish(pipeline(cropped).resize(LANDMARK_SIDE, LANDMARK_SIDE, { fit: 'fill' }));
  const positions = landmarkNetwork(normalised(small, LANDMARK_MEAN));
  const at = (number: number): Point => ({ x: x + (positions[2 * number] ?? 0) * side, y: y + (positions[2 * number + 1] ?? 0) * side });
  const middle = (from: number, to: number): Point => {
    const points = Array.from({ length: to - from }, (_, number) => at(from + number));
    return {
      x: points.reduce((total, point) => total + point.x, 0) / points.length,
      y: points.reduce((total, point) => total + point.y, 0) / points.length,
    };
  };
  return { jaw: Array.from({ length: 17 }, (_, number) => at(number)), leftEye: middle(36, 42), rightEye: middle(42, 48), score };
};

/** 68 points (x, y in parts of the input's sides): jaw 0-16, brows, nose, eyes 36-47, mouth. */
const landmarkNetwork = (input: Activations): Float32Array => {
  const weights = readWeights('face_landmark_68_model');
  let layer = denseBlock(input, weights, 'dense0');
  for (const name of ['dense1', 'dense2', 'dense3']) layer = denseBlock(layer, weights, name);
  // 7 x 7 pixels are one
  const pooled = new Float32Array(layer.channels);
  for (let at = 0; at < layer.data.length; at++) {
    const channel = at % layer.channels;
    pooled[channel] = (pooled[channel] ?? 0) + (layer.data[at] ?? 0) / (layer.width * layer.height);
  }
  return mixed({ data: pooled, width: 1, height: 1, channels: layer.channels }, weights('fc/weights'), weights('fc/bias')).data;
};

const denseBlock = (input: Activations, weights: Weights, name: string): Activations => {
  const isFirst = name === 'dense0';
  const first = rectify(
    isFirst
      ? convolve(input, weights(`${name}/conv0/filters`), weights(`${name}/conv0/bias`), 2, true)
      : separable(input, weights, `${name}/conv0`, 2),
  );
  const second = separable(first, weights, `${name}/conv1`);
  const third = separable(rectify(sum(first, second)), weights, `${name}/conv2`);
  const fourth = separable(rectify(sum(first, second, third)), weights, `${name}/conv3`);
  return rectify(sum(first, second, third, fourth));
};

const normalised = ({ data, width, height }: Raster, mean: readonly [number, number, number]): Activations => ({
  data: Float32Array.from(data, (value, at) => (value - (mean[at % 3] ?? 0)) / 255),
  width,
  height,
  channels: 3,
});
