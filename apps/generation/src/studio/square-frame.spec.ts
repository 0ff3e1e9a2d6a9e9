import * as fc from 'fast-check';
import { SQUARE_MARGIN, squareFrame } from './square-frame';

const PHOTO = { width: 1600, height: 1200 };

describe('squareFrame', () => {
  it('centres a piece, keeps its proportions, and leaves a margin all around', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 900 }),
        fc.integer({ min: 20, max: 700 }),
        fc.integer({ min: 50, max: 600 }),
        fc.integer({ min: 50, max: 400 }),
        (width, height, left, top) => {
          const box = { left, top, right: left + width, bottom: top + height };
          fc.pre(box.right < 1580 && box.bottom < 1180);
          const { side, place } = squareFrame(box, PHOTO, 1600, 2400);
          expect(Math.abs(place.left - (side - place.left - place.width))).toBeLessThanOrEqual(1);
          expect(Math.abs(place.top - (side - place.top - place.height))).toBeLessThanOrEqual(1);
          expect(Math.min(place.left, place.top)).toBeGreaterThanOrEqual(Math.floor(SQUARE_MARGIN * side) - 1);
          expect(Math.abs(place.width / place.height - width / height)).toBeLessThan(0.15 * Math.max(1, width / height));
          expect(place.width / width).toBeLessThanOrEqual(2.1);
        },
      ),
    );
  });

  it('lets a chain that leaves the photo run to the edge of the square', () => {
    const { side, place } = squareFrame({ left: 0, top: 0, right: 1600, bottom: 1000 }, PHOTO, 1600, 2400);
    expect(place.left).toBe(0);
    expect(place.width).toBe(side);
    expect(place.top).toBeLessThanOrEqual(0);
    expect(place.top + place.height).toBeLessThan(side);
  });
});
