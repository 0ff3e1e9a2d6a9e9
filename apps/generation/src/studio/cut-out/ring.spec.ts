import { reachOf, type Ellipse } from './ellipse';
import type { FirstLook } from './first-look';
import type { Decision } from './learn';
import { keepToRing } from './ring';

const WIDTH = 240;
const HEIGHT = 200;
const INNER: Ellipse = { x: 115, y: 95, long: 78, short: 62, cos: Math.cos(0.4), sin: Math.sin(0.4) };
/** px; a perspective view: the outer outline is not about the same middle */
const OUTER: Ellipse = { ...INNER, x: 117, y: 96, long: 92, short: 76 };

type Part = 'ring' | 'gap' | 'bulge' | 'stone' | 'other piece' | 'ground';

const partAt = (x: number, y: number): Part => {
  if (Math.hypot(x - 222, y - 15) < 9) return 'other piece';
  const isRing = reachOf(INNER, x, y) >= 1 && reachOf(OUTER, x, y) <= 1;
  const angle = Math.atan2(y - INNER.y, x - INNER.x);
  if (isRing) return Math.abs(angle + 2.4) < 0.12 && reachOf(OUTER, x, y) > 0.93 ? 'gap' : 'ring';
  if (Math.hypot(x - 20, y - 60) < 18) return 'bulge';
  return Math.hypot(x - 205, y - 125) < 16 ? 'stone' : 'ground';
};

const scene = (cluttered: boolean) => {
  const count = WIDTH * HEIGHT;
  const [odds, focus, plane] = [new Float32Array(count).fill(-8), new Float32Array(count), new Float32Array(count)];
  const places = new Map<Part, number[]>();
  for (let at = 0; at < count; at++) {
    const part = partAt(at % WIDTH, Math.floor(at / WIDTH));
    const known = places.get(part) ?? [];
    places.set(part, known);
    known.push(at);
    if (part !== 'ground' && part !== 'gap') odds[at] = 8;
    focus[at] = { ring: 30, gap: 30, stone: 40, bulge: 8, 'other piece': 8, ground: 4 }[part];
  }
  const lab = { l: plane, a: plane, b: plane, width: WIDTH, height: HEIGHT };
  const mixture = { components: [], size: 4, floor: 0 };
  const decision: Decision = { odds, lab, local: lab, piece: mixture, ground: { mixture, usual: 0 }, variation: plane };
  const look: FirstLook = {
    ...{ lab, variation: plane, focus, cluttered, odds, gate: plane },
    sharp: new Float32Array(HEIGHT),
    spread: [2, 1, 1],
  };
  const shareOf = (part: Part): number => {
    const pixels = places.get(part) ?? [];
    return pixels.filter((at) => (odds[at] ?? 0) > 0).length / pixels.length;
  };
  return { decision, look, shareOf };
};

describe('keepToRing', () => {
  it('fills what is missing of a ring, drops soft clutter that sticks to it, and leaves a stone and another piece', () => {
    const { decision, look, shareOf } = scene(true);
    keepToRing(decision, look);
    expect(shareOf('gap')).toBeGreaterThan(0.9);
    expect(shareOf('bulge')).toBeLessThan(0.1);
    for (const part of ['ring', 'stone', 'other piece'] as const) expect(shareOf(part)).toBeGreaterThan(0.99);
    expect(shareOf('ground')).toBe(0);
  });

  it('leaves a piece on a calm ground as it was found', () => {
    const { decision, look } = scene(false);
    const before = Float32Array.from(decision.odds);
    keepToRing(decision, look);
    expect(decision.odds).toEqual(before);
  });
});
