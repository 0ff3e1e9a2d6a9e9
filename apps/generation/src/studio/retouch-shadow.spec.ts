import type { Raster } from './raster';
import { changeShadow } from './retouch-shadow';

const SIDE = 60;
const GROUND = [250, 240, 230] as const;
const coverage = Uint8Array.from({ length: SIDE * SIDE }, (_, pixel) =>
  Math.floor(pixel / SIDE) > 20 && Math.floor(pixel / SIDE) < 30 ? 255 : 0,
);

/** A bar on an even ground, with a shadow below it. */
const picture: Raster = {
  data: Uint8Array.from(
    Array.from({ length: SIDE * SIDE }, (_, pixel) =>
      coverage[pixel] === 255 ? [200, 160, 60] : Math.floor(pixel / SIDE) < 40 && Math.floor(pixel / SIDE) >= 30 ? [200, 192, 184] : GROUND,
    ).flat(),
  ),
  width: SIDE,
  height: SIDE,
  channels: 3,
};
const at = ({ data }: Raster, row: number): number[] => [...data.subarray(3 * row * SIDE, 3 * row * SIDE + 3)];

describe('changeShadow', () => {
  it('takes the shadow away, or makes it fainter, and does not touch the piece', async () => {
    const none = await changeShadow(picture, coverage, GROUND, -Infinity);
    expect(at(none, 35)).toEqual([...GROUND]);
    const softer = await changeShadow(picture, coverage, GROUND, -1);
    expect(at(softer, 35)[0]).toBeGreaterThan(215);
    expect(at(softer, 35)[0]).toBeLessThan(250);
    for (const changed of [none, softer]) expect(at(changed, 25)).toEqual([200, 160, 60]);
  });

  it('adds one under the piece', async () => {
    const stronger = await changeShadow(picture, coverage, GROUND, 1);
    expect(at(stronger, 30)[0]).toBeLessThan(200);
    expect(at(stronger, 25)).toEqual([200, 160, 60]);
    expect(at(stronger, 5)).toEqual([...GROUND]);
  });
});
