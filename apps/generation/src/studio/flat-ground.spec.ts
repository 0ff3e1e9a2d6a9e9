import { coverageOnFlatGround, groundColourOf } from './flat-ground';
import { filled, type Raster } from './raster';

const SAGE = [178, 190, 165] as const;

/** A ground of one colour, on which a chain runs in from the first corner. */
const withChain = (): Raster => {
  const picture = filled(40, 30, SAGE);
  for (let at = 0; at < 15; at++) picture.data.set([200, 160, 60], 3 * (at * 40 + at));
  return picture;
};

describe('an even ground', () => {
  it('has its own colour, whatever lies in its corners', () => {
    expect(groundColourOf(withChain())).toEqual(SAGE);
  });

  it('is told from what lies on it', () => {
    const coverage = coverageOnFlatGround(withChain());
    expect([coverage?.[0], coverage?.[14 * 41], coverage?.[1], coverage?.[29 * 40]]).toEqual([255, 255, 0, 0]);
  });

  it('is none where the frame has several colours', () => {
    const picture = withChain();
    picture.data.fill(90, 0, 3 * 40 * 15);
    expect(coverageOnFlatGround(picture)).toBeNull();
  });
});
