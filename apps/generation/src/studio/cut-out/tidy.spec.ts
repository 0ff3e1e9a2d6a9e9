import { dropDust } from './tidy';

const SIZE = { width: 40, height: 20 };

/** A mask of what is drawn: rectangles by left, top, width, height (px). */
const maskOf = (...rectangles: [number, number, number, number][]): Uint8Array => {
  const mask = new Uint8Array(SIZE.width * SIZE.height);
  for (const [left, top, width, height] of rectangles)
    for (let y = top; y < top + height; y++) mask.fill(1, y * SIZE.width + left, y * SIZE.width + left + width);
  return mask;
};

describe('dropDust', () => {
  it('keeps pieces, also several, and drops crumbs and hairs', () => {
    const mask = maskOf([2, 2, 12, 12], [20, 2, 5, 5], [30, 3, 1, 1], [20, 16, 18, 2]);
    const left = dropDust(mask, SIZE);
    expect(left.map(({ area }) => area)).toEqual([144, 25]);
    expect(mask).toEqual(maskOf([2, 2, 12, 12], [20, 2, 5, 5]));
  });

  it('leaves nothing of a mask of dust alone', () => {
    const mask = maskOf([5, 5, 2, 2], [30, 3, 1, 1]);
    expect(dropDust(mask, SIZE)).toEqual([]);
    expect(mask).toEqual(maskOf());
  });
});
