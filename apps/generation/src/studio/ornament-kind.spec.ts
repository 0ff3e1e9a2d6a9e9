import type { Ornament } from './cut-out-photo';
import { kindByShape, kindNamedIn } from './ornament-kind';

describe('kindNamedIn', () => {
  it.each([
    ['Gold earrings with pearls', 'earrings'],
    ['hoops', 'earrings'],
    ['Engagement ring', 'ring'],
    ['sapphire pendant on a chain', 'pendant'],
    ['a pearl choker', 'necklace'],
    ['bangle', 'bracelet'],
    ['flower brooch', 'brooch'],
    ['my jewel, shining', null],
  ])('"%s" is %s', (text, kind) => expect(kindNamedIn(text)).toBe(kind));

  it('takes the first text that names one', () => {
    expect(kindNamedIn(undefined, 'Aurora', 'a bracelet to go with the ring', 'earrings')).toBe('bracelet');
  });
});

const SIDE = 200;

/** A cut-out of whatever `covers` says. */
const ornamentOf = (covers: (x: number, y: number) => boolean): Ornament => {
  const data = new Uint8Array(SIDE * SIDE * 4);
  const box = { left: SIDE, top: SIDE, right: 0, bottom: 0 };
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      if (!covers(x, y)) continue;
      data.set([200, 160, 60, 255], 4 * (y * SIDE + x));
      Object.assign(box, {
        left: Math.min(box.left, x),
        right: Math.max(box.right, x + 1),
        top: Math.min(box.top, y),
        bottom: Math.max(box.bottom, y + 1),
      });
    }
  }
  return { cutOut: { data, width: SIDE, height: SIDE, channels: 4 }, box, found: true, isSure: true };
};
const from = (x: number, y: number, middleX: number, middleY: number): number => Math.hypot(x - middleX, y - middleY);

describe('kindByShape', () => {
  it.each([
    ['a pair', 'earrings', (x: number, y: number) => from(x, y, 60, 100) < 25 || from(x, y, 140, 105) < 25],
    ['a thin hoop', 'bracelet', (x: number, y: number) => Math.abs(from(x, y, 100, 100) - 80) < 4],
    ['a thick hoop', 'ring', (x: number, y: number) => Math.abs(from(x, y, 100, 100) - 60) < 12],
    ['an arc', 'necklace', (x: number, y: number) => Math.abs(from(x, y, 100, 60) - 80) < 6 && y > 60],
    [
      'a stone on a chain',
      'pendant',
      (x: number, y: number) => from(x, y, 100, 150) < 30 || Math.abs(Math.abs(x - 100) - (120 - y) * 0.8) < 3,
    ],
    ['a disc', null, (x: number, y: number) => from(x, y, 100, 100) < 60],
  ])('%s is %s', async (_, kind, covers) => expect(await kindByShape(ornamentOf(covers))).toBe(kind));
});
