import { addInnerWall } from './band';
import { reachOf, type Ellipse } from './ellipse';
import type { Decision } from './learn';

const WIDTH = 240;
const HEIGHT = 180;
const RIM: Ellipse = { x: 120, y: 80, long: 80, short: 40, cos: 1, sin: 0 };
/** px */
const THICKNESS = 10;
const OUTER_WALL = 24;
const INNER_WALL = 20;

const outer = { ...RIM, long: RIM.long + THICKNESS, short: RIM.short + THICKNESS };
const inside = (ellipse: Ellipse, x: number, y: number): boolean => reachOf(ellipse, x, y) <= 1;

/** A band that lies on its ground, seen from above: its outer wall below, and a dark line where its inner wall meets the ground. */
const band = (outerWall: number, contact: number, ground = 20): { decision: Decision; at: (x: number, y: number) => number } => {
  const count = WIDTH * HEIGHT;
  const [odds, l] = [new Float32Array(count).fill(-8), new Float32Array(count).fill(ground)];
  for (let at = 0; at < count; at++) {
    const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)];
    if (!inside(RIM, x, y) && (inside(outer, x, y) || inside(outer, x, y - outerWall))) odds[at] = 8;
    const line = reachOf({ ...RIM, y: RIM.y + INNER_WALL }, x, y);
    if (Math.abs(line - 1) < 0.04) l[at] = ground - contact;
  }
  const plane = new Float32Array(count);
  const lab = { l, a: plane, b: plane, width: WIDTH, height: HEIGHT };
  const mixture = { components: [], size: 4, floor: 0 };
  return {
    decision: { odds, lab, local: lab, piece: mixture, ground: { mixture, usual: 0 }, variation: plane },
    at: (x, y) => odds[y * WIDTH + x] ?? 0,
  };
};

describe('addInnerWall', () => {
  it('adds what lies between the far rim and the line of contact, and nothing else', () => {
    const { decision, at } = band(OUTER_WALL, 12);
    addInnerWall(decision);
    const top = RIM.y - RIM.short;
    expect(at(120, top + 4)).toBeGreaterThan(8);
    expect(at(120, top + INNER_WALL - 3)).toBeGreaterThan(8);
    expect(at(90, top + INNER_WALL - 3)).toBeGreaterThan(8);
    expect(at(120, top + INNER_WALL + 4)).toBe(-8);
    expect(at(120, RIM.y + RIM.short - 3)).toBe(-8);
    expect(at(10, 10)).toBe(-8);
  });

  it('sees the line of contact on a ground that is nearly black, too', () => {
    const { decision, at } = band(OUTER_WALL, 1.5, 2.6);
    addInnerWall(decision);
    expect(at(120, RIM.y - RIM.short + INNER_WALL - 3)).toBeGreaterThan(8);
    expect(at(120, RIM.y - RIM.short + INNER_WALL + 4)).toBe(-8);
  });

  it.each([
    ['no line of contact is seen', OUTER_WALL, 0],
    ['no outer wall is seen', 0, 12],
  ])('leaves a band alone when %s', (_, outerWall, contact) => {
    const { decision } = band(outerWall, contact);
    const before = Float32Array.from(decision.odds);
    addInnerWall(decision);
    expect(decision.odds).toEqual(before);
  });
});
