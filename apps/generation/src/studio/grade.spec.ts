import { grade } from './grade';
import { readInstruction } from './retouch-words';
import type { Raster } from './raster';

const PIXELS = [
  [255, 255, 255],
  [180, 150, 70],
  [150, 150, 150],
  [30, 60, 200],
  [190, 10, 30],
] as const;
const [WHITE, GOLD, STEEL, SAPPHIRE, RUBY] = [0, 1, 2, 3, 4];

const picture: Raster = { data: Uint8Array.from(PIXELS.flat()), width: PIXELS.length, height: 1, channels: 3 };
const graded = (instruction: string, coverage: Uint8Array | null = null): number[][] => {
  const { data } = grade(picture, readInstruction(instruction).adjustments, coverage);
  return PIXELS.map((_, at) => [...data.subarray(3 * at, 3 * at + 3)]);
};
const light = (rgb: number[] | undefined): number => (rgb ?? []).reduce((sum, level) => sum + level, 0);
const chroma = (rgb: number[] | undefined): number => Math.max(...(rgb ?? [])) - Math.min(...(rgb ?? []));

describe('grade', () => {
  it('gives the same pixels back when nothing is asked for', () => {
    expect(graded('')).toEqual(PIXELS.map((rgb) => [...rgb]));
  });

  it('brightens and darkens the middle, and keeps white white', () => {
    expect(light(graded('brighter')[STEEL])).toBeGreaterThan(450 + 20);
    expect(light(graded('darker')[STEEL])).toBeLessThan(450 - 20);
    expect(graded('much darker')[WHITE]).toEqual([255, 255, 255]);
  });

  it('turns up and down colour', () => {
    expect(chroma(graded('vibrant')[GOLD])).toBeGreaterThan(110);
    expect(chroma(graded('muted')[GOLD])).toBeLessThan(110);
    expect(chroma(graded('black and white')[SAPPHIRE])).toBe(0);
  });

  it('shifts warmth', () => {
    const [red = 0, , blue = 0] = graded('warmer')[STEEL] ?? [];
    expect(red).toBeGreaterThan(blue);
  });

  it('makes metal of another metal and leaves stones alone', () => {
    const gold = graded('gold accents');
    expect(chroma(gold[STEEL])).toBeGreaterThan(60);
    expect(gold[SAPPHIRE]).toEqual([...PIXELS[3]]);
    expect(gold[RUBY]).toEqual([...PIXELS[4]]);
    expect(chroma(graded('silver')[GOLD])).toBeLessThan(12);
  });

  it.each([
    ['brighter', 'darker'],
    ['more contrast', 'less contrast'],
    ['vibrant', 'muted'],
    ['warmer', 'cooler'],
  ])('"%s" and "%s" cancel out: ten steps come back to where they began', (one, other) => {
    const muted: Raster = { ...picture, data: Uint8Array.from([200, 190, 170, 180, 150, 110, 150, 150, 150, 90, 100, 130, 150, 110, 105]) };
    let chain = muted;
    for (let step = 0; step < 10; step++) chain = grade(chain, readInstruction(step % 2 === 0 ? one : other).adjustments, null);
    expect(Math.max(...chain.data.map((level, at) => Math.abs(level - (muted.data[at] ?? 0))))).toBeLessThanOrEqual(4);
  });

  it('keeps the hue of a colour that cannot get more vivid', () => {
    expect(graded('much more vibrant')[SAPPHIRE]?.[2]).toBeLessThanOrEqual(255);
    const [red = 0, green = 0, blue = 0] = graded('much more vibrant')[SAPPHIRE] ?? [];
    expect((green - red) / (blue - red)).toBeCloseTo((60 - 30) / (200 - 30), 1);
  });

  it('stays inside the coverage', () => {
    const [white, gold] = graded('warmer', Uint8Array.of(0, 255, 0, 0, 0));
    expect(white).toEqual([255, 255, 255]);
    expect(gold).not.toEqual([...PIXELS[1]]);
  });
});
