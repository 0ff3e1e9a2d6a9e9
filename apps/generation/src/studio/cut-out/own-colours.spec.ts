import { ownColours } from './own-colours';

type Colour = [number, number, number];
const PINK: Colour = [200, 100, 140];
const SILVER: Colour = [150, 150, 150];
const SIDE = 12;
/** The first column that belongs to the piece. */
const EDGE = 6;

/** The colours that are found for a row across an edge between pink ground and silver, where the first column of the piece has this colour. */
const acrossEdge = (first: Colour, share = 1): Colour[] => {
  const colourOf = (x: number): Colour => (x < EDGE ? PINK : x === EDGE ? first : SILVER);
  const columns = Array.from({ length: SIDE ** 2 }, (_, at) => at % SIDE);
  const coverage = Float32Array.from(columns, (x) => (x < EDGE ? 0 : x === EDGE ? share : 1));
  const raster = { data: Uint8Array.from(columns.flatMap(colourOf)), width: SIDE, height: SIDE, channels: 3 as const };
  const colours = ownColours(raster, coverage);
  const row = 3 * SIDE * (SIDE / 2);
  return Array.from({ length: SIDE }, (_, x) => [...colours.subarray(row + 3 * x, row + 3 * x + 3)] as Colour);
};

describe('ownColours', () => {
  it('leaves the ground black, and the inside of the piece as it is', () => {
    const row = acrossEdge(SILVER);
    expect(row.slice(0, EDGE)).toEqual(Array.from({ length: EDGE }, () => [0, 0, 0]));
    expect(row.slice(EDGE)).toEqual(Array.from({ length: SIDE - EDGE }, () => SILVER));
  });

  it.each([1, 0.5])('takes the ground out of a pixel that is half ground, where coverage says %p', (share) => {
    expect(acrossEdge([175, 125, 145], share)[EDGE]).toEqual(SILVER);
  });

  it('leaves a glint on the edge white, and gives it no hue of the other side', () => {
    const [red, green, blue] = acrossEdge([255, 255, 255])[EDGE] ?? [];
    expect(Math.max(red ?? 0, green ?? 0, blue ?? 0)).toBe(255);
    expect(Math.min(red ?? 0, green ?? 0, blue ?? 0)).toBeGreaterThan(245);
  });

  it('takes the ground out of a line so thin that no pixel of it is all piece', () => {
    const line: Colour = [175, 125, 145];
    const columns = Array.from({ length: SIDE ** 2 }, (_, at) => at % SIDE);
    const coverage = Float32Array.from(columns, (x) => (x === EDGE ? 0.5 : 0));
    const data = Uint8Array.from(columns.flatMap((x) => (x === EDGE ? line : PINK)));
    const from = 3 * (SIDE * (SIDE / 2) + EDGE);
    expect([...ownColours({ data, width: SIDE, height: SIDE, channels: 3 }, coverage).subarray(from, from + 3)]).toEqual(SILVER);
  });
});
