import type { Raster } from './raster';
import { sharpen } from './sharpen';

const WIDTH = 60;
const HEIGHT = 20;

/** A grey that goes from 60 to 200 over `blur` px. */
const edge = (blur: number): Raster => ({
  data: Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, at) => {
    const x = Math.floor(at / 3) % WIDTH;
    return Math.round(60 + 140 * Math.max(0, Math.min(1, (x - 29.5) / blur + 0.5)));
  }),
  width: WIDTH,
  height: HEIGHT,
  channels: 3,
});
const row = ({ data }: Raster): number[] => Array.from({ length: WIDTH }, (_, x) => data[3 * (10 * WIDTH + x)] ?? 0);
const steepest = (raster: Raster): number => Math.max(...row(raster).map((level, x, all) => level - (all[x - 1] ?? level)));

describe('sharpen', () => {
  it('makes a soft edge steeper, and softens on demand', async () => {
    const soft = edge(6);
    expect(steepest(await sharpen(soft, 1))).toBeGreaterThan(steepest(soft));
    expect(steepest(await sharpen(edge(1), -1))).toBeLessThan(steepest(edge(1)));
  });

  it('ten times in a row makes no halo, at a soft edge or a sharp one', async () => {
    let [soft, sharp] = [edge(5), edge(1)];
    for (let step = 0; step < 10; step++) [soft, sharp] = [await sharpen(soft, 1), await sharpen(sharp, 1)];
    expect(Math.min(...soft.data)).toBeGreaterThanOrEqual(60 - 12);
    expect(Math.max(...soft.data)).toBeLessThanOrEqual(200 + 12);
    const step = row(edge(1));
    expect(Math.max(...row(sharp).map((level, x) => Math.abs(level - (step[x] ?? 0))))).toBeLessThanOrEqual(12);
  });
});
