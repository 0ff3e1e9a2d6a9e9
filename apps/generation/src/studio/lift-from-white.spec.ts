import { liftFromWhite } from './lift-from-white';
import type { Raster } from './raster';

const SIDE = 300;

/** A silver ring with a white reflection on an even ground. */
const ring = (ground: number): Raster => ({
  data: Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    const [x, y] = [pixel % SIDE, Math.floor(pixel / SIDE)];
    if (Math.hypot(x - 150, y - 50) < 4) return 255;
    return Math.abs(Math.hypot(x - 150, y - 150) - 100) < 20 ? 170 : ground;
  }),
  width: SIDE,
  height: SIDE,
  channels: 3,
});

describe('liftFromWhite', () => {
  it('keeps a reflection as white as the ground, and the hole open', () => {
    const lifted = liftFromWhite(ring(255));
    const alphaAt = (x: number, y: number): number | undefined => lifted?.cutOut.data[4 * (y * SIDE + x) + 3];
    expect(alphaAt(150, 50)).toBe(255);
    expect(alphaAt(150, 150)).toBe(0);
    expect(alphaAt(5, 5)).toBe(0);
    expect(lifted?.box.left).toBe(31);
  });

  it('does not answer for another ground', () => {
    expect(liftFromWhite(ring(200))).toBeNull();
  });
});
