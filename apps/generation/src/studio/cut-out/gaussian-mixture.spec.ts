import { fitMixture, logDensity } from './gaussian-mixture';

/** Points about some centres, in a fixed pattern. */
const around = (...centres: (readonly [number, number])[]): Float32Array =>
  Float32Array.from(
    centres.flatMap(([x, y]) => Array.from({ length: 100 }, (_, at) => [x + ((at * 7) % 11) - 5, y + ((at * 5) % 7) - 3]).flat()),
  );

describe('fitMixture', () => {
  const samples = { data: around([0, 0], [60, 20]), size: 2 };
  const mixture = fitMixture(samples, 2, 1, -50);
  const at = (x: number, y: number): number => logDensity(mixture, Float32Array.from([x, y]), 0);

  it('is dense where the points are, and nowhere between', () => {
    expect(at(0, 0)).toBeGreaterThan(-8);
    expect(at(60, 20)).toBeGreaterThan(-8);
    expect(at(30, 10)).toBeLessThan(-20);
  });

  it('has a floor for what was never seen', () => {
    expect(at(1000, 1000)).toBe(-50);
  });

  it('is the same for the same points, and needs no more kinds of them than there are', () => {
    expect(fitMixture(samples, 2, 1, -50)).toEqual(mixture);
    expect(fitMixture({ data: new Float32Array(200).fill(5), size: 2 }, 6, 1, -50).components).toHaveLength(1);
  });
});
