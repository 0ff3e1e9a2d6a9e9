import { turnPlane, type Plane } from './turn';
import { quartersOf } from './turn-picture';

const SIDE = 120;

/** A soft disc with stripes, well inside of the frame. */
const striped = (): Plane => ({
  width: SIDE,
  height: SIDE,
  data: Float32Array.from({ length: SIDE * SIDE }, (_, at) => {
    const [x, y] = [(at % SIDE) - SIDE / 2, Math.floor(at / SIDE) - SIDE / 2];
    const inside = Math.max(0, Math.min(1, (42 - Math.hypot(x, y)) / 4));
    return inside * (140 + 90 * Math.sin(x / 2) * Math.cos(y / 3));
  }),
});

const meanDifference = (one: Plane, other: Plane): number =>
  one.data.reduce((sum, value, at) => sum + Math.abs(value - (other.data[at] ?? 0)), 0) / one.data.length;

describe('turnPlane', () => {
  it('turns clockwise', () => {
    const data = new Float32Array(SIDE * SIDE);
    for (let y = 58; y < 62; y++) data.fill(100, y * SIDE + 98, y * SIDE + 102);
    const { data: turned } = turnPlane({ data, width: SIDE, height: SIDE }, 30);
    // 40 px to the right of the middle goes 20 px down and 35 px to the right
    expect(turned[80 * SIDE + 94]).toBeGreaterThan(60);
    expect(Math.abs(turned[60 * SIDE + 100] ?? 0)).toBeLessThan(5);
  });

  it('is undone by the turn back, and by a full circle in ten steps', () => {
    const plane = striped();
    expect(meanDifference(turnPlane(turnPlane(plane, 17), -17), plane)).toBeLessThan(0.5);
    let around = plane;
    for (let step = 0; step < 10; step++) around = turnPlane(around, 36);
    expect(meanDifference(around, plane)).toBeLessThan(1);
  });

  it('leaves an empty plane empty', () => {
    expect(turnPlane({ data: new Float32Array(100), width: 10, height: 10 }, 20).data.every((value) => value === 0)).toBe(true);
  });
});

describe('quartersOf', () => {
  it.each([
    [90, 1, 0],
    [-90, 3, 0],
    [100, 1, 10],
    [350, 0, -10],
    [360, 0, 0],
    [44, 0, 44],
  ])('%d degrees', (degrees, quarters, rest) => expect(quartersOf(degrees)).toEqual({ quarters, rest }));
});
