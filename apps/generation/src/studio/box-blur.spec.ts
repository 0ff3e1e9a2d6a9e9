import * as fc from 'fast-check';
import { boxBlur } from './box-blur';

/** The definition, pixel by pixel. */
const meanAround = (plane: Float32Array, width: number, height: number, radius: number, x: number, y: number): number => {
  let sum = 0;
  let count = 0;
  for (let row = Math.max(0, y - radius); row <= Math.min(height - 1, y + radius); row++) {
    for (let column = Math.max(0, x - radius); column <= Math.min(width - 1, x + radius); column++) {
      sum += plane[row * width + column] ?? 0;
      count++;
    }
  }
  return sum / count;
};

describe('boxBlur', () => {
  it('is the mean of the square, for any size and radius', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 15 }),
        (width, height, radius) => {
          const plane = Float32Array.from({ length: width * height }, (_, at) => (at * 7919) % 256);
          const blurred = boxBlur(plane, width, height, radius);
          for (let at = 0; at < plane.length; at++) {
            expect(blurred[at]).toBeCloseTo(meanAround(plane, width, height, radius, at % width, Math.floor(at / width)), 2);
          }
        },
      ),
    );
  });
});
