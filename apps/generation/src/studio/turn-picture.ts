import type { Sharp } from 'sharp';
import type { Rgb } from './colour-space';
import { boxOfCoverage, reframe, type Window } from './reframe';
import { changedPlane, finish, pipeline, type Raster } from './raster';
import { turnPlane } from './turn';
import { joined, split, type WorkingCopy } from './working-copy';

/** Turns below this many degrees are none. */
const LEAST = 0.05;

/** Mirrors a picture, without loss. */
export const mirrored = (copy: WorkingCopy, way: 'horizontal' | 'vertical'): Promise<WorkingCopy> =>
  changed(copy, (work) => (way === 'horizontal' ? work.flop() : work.flip()));

/** The quarter turns nearest to an angle, and what is left, -45..45 degrees. */
export const quartersOf = (degrees: number): { quarters: 0 | 1 | 2 | 3; rest: number } => {
  const turn = ((degrees % 360) + 360) % 360;
  const quarters = Math.round(turn / 90);
  const rest = turn - 90 * quarters;
  return { quarters: (quarters % 4) as 0 | 1 | 2 | 3, rest: Math.abs(rest) < LEAST ? 0 : rest };
};

/** Turns the frame with all that is in it, clockwise, without loss. */
export const quarterTurned = async (copy: WorkingCopy, quarters: 0 | 1 | 2 | 3): Promise<WorkingCopy> =>
  quarters === 0 ? copy : changed(copy, (work) => work.rotate(90 * quarters));

/**
 * Turns what stands on an even ground (null: on nothing) by -45..45 degrees in its frame. The frame grows where the piece
 * would be cut: what is lost in one step could not come back in the next.
 */
export const turnedOnGround = async (
  copy: WorkingCopy,
  degrees: number,
  ground: Rgb | null,
  coverage: Uint8Array,
): Promise<WorkingCopy> => {
  const framed = await reframe(copy, roomToTurn(copy.picture, coverage, degrees), ground);
  const { width, height, data } = framed.picture;
  const { alpha, piece } = framed;
  const turnedLevels = (plane: Uint8Array): Float32Array => turnPlane({ data: new Float32Array(plane), width, height }, degrees).data;
  const opacity = alpha && turnedLevels(alpha);
  const turned = new Uint8Array(width * height * 3);
  for (let channel = 0; channel < 3; channel++) {
    const level = ground?.[channel] ?? 0;
    // as the difference to the ground, whatever comes in from outside is the ground
    const plane = Float32Array.from({ length: width * height }, (_, pixel) => {
      const own = (data[3 * pixel + channel] ?? 0) - level;
      return alpha ? (own * (alpha[pixel] ?? 0)) / 255 : own;
    });
    const moved = turnPlane({ data: plane, width, height }, degrees).data;
    for (let pixel = 0; pixel < moved.length; pixel++) {
      const seen = opacity ? Math.max(1, opacity[pixel] ?? 0) / 255 : 1;
      turned[3 * pixel + channel] = Math.max(0, Math.min(255, Math.round((moved[pixel] ?? 0) / seen + level)));
    }
  }
  return {
    picture: { data: turned, width, height, channels: 3 },
    alpha: opacity && levelsOf(opacity),
    piece: piece && levelsOf(turnedLevels(piece)),
  };
};

/** The frame, grown to all sides alike as far as the turned piece needs it. */
const roomToTurn = ({ width, height }: Raster, coverage: Uint8Array, degrees: number): Window => {
  const box = boxOfCoverage(coverage, width, height);
  if (!box) return { left: 0, top: 0, right: width, bottom: height };
  const angle = (degrees * Math.PI) / 180;
  let [reachX, reachY] = [0, 0];
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) {
      if ((coverage[y * width + x] ?? 0) < 32) continue;
      const [fromX, fromY] = [x + 0.5 - width / 2, y + 0.5 - height / 2];
      reachX = Math.max(reachX, Math.abs(fromX * Math.cos(angle) - fromY * Math.sin(angle)));
      reachY = Math.max(reachY, Math.abs(fromX * Math.sin(angle) + fromY * Math.cos(angle)));
    }
  }
  const growX = Math.max(0, Math.ceil(reachX + 8 - width / 2));
  const growY = Math.max(0, Math.ceil(reachY + 8 - height / 2));
  return { left: -growX, top: -growY, right: width + growX, bottom: height + growY };
};

/** Rounded, and within 0..255. */
const levelsOf = (values: Float32Array): Uint8Array => new Uint8Array(new Uint8ClampedArray(values).buffer);

/** All that there is of a picture, after a pipeline that moves pixels. */
const changed = async (copy: WorkingCopy, change: (work: Sharp) => Sharp): Promise<WorkingCopy> => {
  const { picture, alpha, piece } = copy;
  const raster = await finish(change(pipeline(joined(copy))));
  const moved = piece && (await changedPlane(piece, picture, change));
  return alpha ? split(raster) : { picture: raster, alpha: null, piece: moved };
};
