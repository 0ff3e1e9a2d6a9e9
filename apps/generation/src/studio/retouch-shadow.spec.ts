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

  it('leaves no dark rim where the piece covers a pixel by half', async () => {
    const HALF_COVERED_ROW = 30;
    const half = Uint8Array.from(coverage, (covered, pixel) => (Math.floor(pixel / SIDE) === HALF_COVERED_ROW ? 128 : covered));
    const blend = (ground: readonly number[]): number[] => [200, 160, 60].map((level, n) => Math.round((level + (ground[n] ?? 0)) / 2));
    const seen = new Uint8Array(picture.data);
    for (let pixel = HALF_COVERED_ROW * SIDE; pixel < (HALF_COVERED_ROW + 1) * SIDE; pixel++) seen.set(blend([200, 192, 184]), 3 * pixel);
    const none = await changeShadow({ ...picture, data: seen }, half, GROUND, -Infinity);
    blend(GROUND).forEach((level, channel) => expect(Math.abs((at(none, HALF_COVERED_ROW)[channel] ?? 0) - level)).toBeLessThanOrEqual(1));
  });

  it('adds one under the piece', async () => {
    const stronger = await changeShadow(picture, coverage, GROUND, 1);
    expect(at(stronger, 30)[0]).toBeLessThan(200);
    expect(at(stronger, 25)).toEqual([200, 160, 60]);
    expect(at(stronger, 5)).toEqual([...GROUND]);
  });
});
