import { enlarge, refineEdge } from './edge';
import type { Raster } from './raster';

const WIDTH = 40;
const HEIGHT = 20;

/** Blue piece on the left, red ground on the right; the true edge is a half-and-half column at `edge`. */
const photoWithEdgeAt = (edge: number): Raster => {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let at = 0; at < WIDTH * HEIGHT; at++) {
    const x = at % WIDTH;
    data.set(x < edge ? [20, 20, 220] : x === edge ? [120, 20, 120] : [220, 20, 20], 3 * at);
  }
  return { data, width: WIDTH, height: HEIGHT, channels: 3 };
};

describe('refineEdge', () => {
  const decided = Uint8Array.from({ length: (WIDTH / 4) * (HEIGHT / 4) }, (_, at) => (at % (WIDTH / 4) < 5 ? 1 : 0));
  const coverage = enlarge(decided, WIDTH / 4, HEIGHT / 4, WIDTH, HEIGHT);
  const row = 10 * WIDTH;

  it('enlarges the decision without moving it', () => {
    expect(coverage[row + 10]).toBe(1);
    expect(coverage[row + 30]).toBe(0);
    expect((coverage[row + 19] ?? 0) + (coverage[row + 20] ?? 0)).toBeCloseTo(1, 1);
  });

  it('moves the edge to where the colours change', () => {
    const { alpha } = refineEdge(photoWithEdgeAt(21), coverage, 10);
    expect(alpha[row + 20]).toBeGreaterThan(200);
    expect(alpha[row + 23]).toBeLessThan(60);
    expect(alpha[row + 5]).toBe(255);
    expect(alpha[row + 35]).toBe(0);
  });

  it('takes the old ground out of half-covered pixels', () => {
    const { alpha, colours } = refineEdge(photoWithEdgeAt(20), coverage, 10);
    const at = row + 20;
    expect(alpha[at]).toBeGreaterThan(30);
    expect(alpha[at]).toBeLessThan(225);
    expect(colours[3 * at]).toBeLessThan(100);
  });
});
