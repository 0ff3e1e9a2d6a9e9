import type { Ornament } from './cut-out-photo';
import type { Rgb } from './colour-space';
import type { Raster } from './raster';
import { inGoodLight, lightOf } from './studio-light';

const SIDE = 40;
const isPiece = (pixel: number): boolean => Math.hypot((pixel % SIDE) - 20, Math.floor(pixel / SIDE) - 20) < 12;

/** A photo of a disc whose brightest part is `bright`, on a ground. */
const photoOf = (bright: Rgb, ground: Rgb): { photo: Raster; ornament: Ornament } => {
  const pixels = Array.from({ length: SIDE * SIDE }, (_, pixel) => (isPiece(pixel) ? (pixel % 3 === 0 ? bright : [120, 100, 60]) : ground));
  const photo: Raster = { data: Uint8Array.from(pixels.flat()), width: SIDE, height: SIDE, channels: 3 };
  const data = Uint8Array.from(pixels.flatMap((colour, pixel) => [...colour, isPiece(pixel) ? 255 : 0]));
  return {
    photo,
    ornament: {
      cutOut: { data, width: SIDE, height: SIDE, channels: 4 },
      box: { left: 8, top: 8, right: 32, bottom: 32 },
      found: true,
      isSure: true,
    },
  };
};

describe('the light of a photo', () => {
  it('stays when it is good, whatever the colour of the ground', () => {
    for (const ground of [
      [215, 215, 215],
      [197, 134, 156],
      [14, 19, 60],
    ] as const) {
      const { photo, ornament } = photoOf([250, 246, 220], ground);
      expect(inGoodLight(photo, ornament)).toBe(ornament);
    }
  });

  it('is raised a little in a dull photo', () => {
    const { photo, ornament } = photoOf([200, 190, 170], [180, 180, 180]);
    const [red, green, blue] = lightOf(photo, ornament);
    expect(red).toBeGreaterThan(1.02);
    expect(red).toBeLessThan(1.04);
    expect([green, blue]).toEqual([red, red]);
  });

  it('loses its cast where the ground tells of one, by a few percent at most', () => {
    const { photo, ornament } = photoOf([250, 246, 220], [210, 205, 196]);
    const [red, , blue] = lightOf(photo, ornament);
    expect(red).toBeLessThan(1);
    expect(blue).toBeGreaterThan(1);
    expect(Math.max(Math.abs(red - 1), Math.abs(blue - 1))).toBeLessThan(0.03);
  });
});
