import { regionsOf } from './regions';

const maskOf = (...rows: string[]): Uint8Array => Uint8Array.from(Array.from(rows.join('')), (sign) => (sign === '#' ? 1 : 0));

describe('regionsOf', () => {
  const ring = maskOf('.......', '.####..', '.#..#..', '.####..', '.....#.', '.......');

  it('joins piece pixels over corners', () => {
    const [only, ...others] = regionsOf(ring, 7, 6, 1);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ area: 11, left: 1, top: 1, right: 5, bottom: 4, touchesFrame: false });
  });

  it('keeps a hole apart from the ground around', () => {
    expect(regionsOf(ring, 7, 6, 0).map(({ area, touchesFrame }) => [area, touchesFrame])).toEqual([
      [29, true],
      [2, false],
    ]);
  });
});
