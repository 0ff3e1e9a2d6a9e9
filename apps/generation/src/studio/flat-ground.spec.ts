import { coverageOn, evenGroundOf } from './flat-ground';
import { filled, type Raster } from './raster';

const SAGE = [178, 190, 165] as const;

/** A ground of one colour, on which a chain runs in from the first corner. */
const withChain = (): Raster => {
  const picture = filled(40, 30, SAGE);
  for (let at = 0; at < 15; at++) picture.data.set([200, 160, 60], 3 * (at * 40 + at));
  return picture;
};

const square = (ground: (at: number) => number): Raster => {
  const data = Uint8Array.from({ length: 10 * 10 * 3 }, (_, at) => ground(Math.floor(at / 3)));
  data.set([200, 160, 60], 3 * 55);
  return { data, width: 10, height: 10, channels: 3 };
};

describe('an even ground', () => {
  it('has its own colour, whatever lies in its corners', () => {
    expect(evenGroundOf(withChain())).toEqual(SAGE);
  });

  it('is told from what lies on it', () => {
    const coverage = coverageOn(SAGE, withChain());
    expect([coverage[0], coverage[14 * 41], coverage[1], coverage[29 * 40]]).toEqual([255, 255, 0, 0]);
  });

  it('is none where the frame has several colours', () => {
    const picture = withChain();
    picture.data.fill(90, 0, 3 * 40 * 15);
    expect(evenGroundOf(picture)).toBeNull();
  });

  it('shows what is not of its colour', () => {
    const coverage = coverageOn(
      [250, 250, 250],
      square(() => 250),
    );
    expect(coverage[55]).toBe(255);
    expect(coverage[0]).toBe(0);
  });

  it('is none where every pixel has another colour', () => {
    expect(evenGroundOf(square((at) => (at * 31) % 256))).toBeNull();
  });
});
