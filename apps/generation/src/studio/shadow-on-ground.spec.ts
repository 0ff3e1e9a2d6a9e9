import type { Rgb } from './colour-space';
import { coverageOn, evenGroundOf } from './flat-ground';
import { withoutShadow } from './shadow-on-ground';

const SIDE = 60;

/** A square piece of one colour in the middle, and around it a shadow that is `darkness` deep at its edge and fades within 12 px. */
const onGround = (ground: Rgb, piece: Rgb, darkness: number) => {
  const data = new Uint8Array(3 * SIDE * SIDE);
  for (let pixel = 0; pixel < SIDE * SIDE; pixel++) {
    const away = Math.max(Math.abs((pixel % SIDE) - 30), Math.abs(Math.floor(pixel / SIDE) - 30)) - 9;
    const light = 1 - darkness * Math.max(0, 1 - away / 12);
    for (let channel = 0; channel < 3; channel++)
      data[3 * pixel + channel] = away <= 0 ? (piece[channel] ?? 0) : Math.round((ground[channel] ?? 0) * light);
  }
  const picture = { data, width: SIDE, height: SIDE, channels: 3 as const };
  const even = evenGroundOf(picture);
  if (!even) throw new Error('The ground is not even.');
  const coverage = coverageOn(even, picture);
  return { before: coverage, after: withoutShadow(coverage, picture, ground) };
};

const at = (x: number, y: number): number => y * SIDE + x;

describe('coverage without the shadow', () => {
  it.each<[string, Rgb, Rgb]>([
    ['gold on sage', [178, 190, 165], [212, 170, 80]],
    ['gold on cream', [255, 246, 224], [212, 170, 80]],
    ['silver on grey, darker than its shadow', [200, 200, 200], [90, 90, 90]],
    ['silver on grey, lighter than its shadow', [170, 170, 170], [215, 215, 215]],
  ])('holds the piece and no shadow: %s', (_, ground, piece) => {
    const { before, after } = onGround(ground, piece, 0.35);
    expect(before[at(43, 30)]).toBeGreaterThan(0);
    for (const [x, y] of [
      [43, 30],
      [30, 41],
      [15, 30],
    ] as const)
      expect(after[at(x, y)]).toBe(0);
    for (let y = 22; y < 39; y++) for (let x = 22; x < 39; x++) expect(after[at(x, y)]).toBe(before[at(x, y)]);
  });

  it('is the whole coverage on black, which has no shadow', () => {
    const { before, after } = onGround([0, 0, 0], [212, 170, 80], 0.35);
    expect(after).toEqual(before);
  });
});
