import type { Raster } from '../raster';
import { labOf, type Rgb } from '../colour-space';
import { dropContactShadow } from './contact';

const [WIDTH, HEIGHT] = [40, 60];
const GROUND: Rgb = [200, 200, 200];
/** rows: a piece, the darkest of its shadow, and the rest of that */
const [PIECE_ENDS, CONTACT_ENDS, SHADOW_ENDS] = [30, 34, 50];

/** A bar across a photo, on a ground that it touches; what was taken for the piece goes down to the end of the contact. */
const barOf = (piece: Rgb, contact: readonly Rgb[], shadow: Rgb) => {
  const colours = Array.from({ length: WIDTH * HEIGHT }, (_, at) => {
    const row = Math.floor(at / WIDTH);
    if (row < PIECE_ENDS && row >= 10) return piece;
    if (row < CONTACT_ENDS && row >= PIECE_ENDS) return contact[(row - PIECE_ENDS) % contact.length] ?? piece;
    return row < SHADOW_ENDS && row >= CONTACT_ENDS ? shadow : GROUND;
  });
  const raster: Raster = { data: Uint8Array.from(colours.flat()), width: WIDTH, height: HEIGHT, channels: 3 };
  const coverage = Float32Array.from({ length: WIDTH * HEIGHT }, (_, at) => {
    const row = Math.floor(at / WIDTH);
    return row >= 10 && row < CONTACT_ENDS ? 1 : 0;
  });
  dropContactShadow(raster, coverage, () => labOf(GROUND), 1600);
  return (row: number): number => coverage[row * WIDTH + WIDTH / 2] ?? 0;
};

const GOLD: Rgb = [200, 160, 80];
const DIM: Rgb = [105, 105, 105];
/** From the piece outwards. */
const DARK: readonly Rgb[] = [
  [40, 39, 38],
  [55, 55, 54],
  [70, 70, 70],
  [88, 88, 88],
];

describe('dropContactShadow', () => {
  it('takes what is dark and colourless between a coloured piece and its shadow', () => {
    const at = barOf(GOLD, DARK, DIM);
    expect([at(20), at(28), at(31), at(33)]).toEqual([1, 1, 0, 0]);
    expect(at(29)).toBeGreaterThan(0.5);
  });

  it.each([
    ['a piece without colour', barOf([150, 150, 152], DARK, DIM)],
    ['a dark edge on a ground in the light', barOf(GOLD, DARK, GROUND)],
    ['what has a colour', barOf(GOLD, [[90, 60, 20]], DIM)],
    ['a black rim', barOf(GOLD, [[12, 12, 12]], DIM)],
    ['what is lighter than the shadow outside of it', barOf(GOLD, [[130, 130, 130]], DIM)],
  ])('leaves %s alone', (_, at) => {
    expect([at(20), at(29), at(31), at(33)]).toEqual([1, 1, 1, 1]);
  });
});
