import { guidedFilter } from './guided-filter';

const WIDTH = 40;
const HEIGHT = 20;

describe('guidedFilter', () => {
  const step = Float32Array.from({ length: WIDTH * HEIGHT }, (_, at) => (at % WIDTH < 20 ? 0 : 60));
  const flat = new Float32Array(WIDTH * HEIGHT);
  const guide = { planes: [step, flat, flat] as const, width: WIDTH, height: HEIGHT };

  it('moves an edge to that of the guide and averages noise away', () => {
    const noisy = Float32Array.from(step, (value, at) => (at % WIDTH < 21 ? -4 : 4) + (value > 0 ? 0 : ((at * 7919) % 5) - 2));
    const smooth = guidedFilter(guide, noisy, 4, 15);
    const row = 10 * WIDTH;
    expect(smooth[row + 19]).toBeLessThan(-2);
    expect(smooth[row + 20]).toBeGreaterThan(1);
    expect(Math.abs((smooth[row + 8] ?? 0) + 4)).toBeLessThan(0.6);
  });

  it('leaves an even plane as it is', () => {
    for (const value of guidedFilter(guide, new Float32Array(WIDTH * HEIGHT).fill(3), 3, 15)) expect(value).toBeCloseTo(3, 3);
  });
});
