import { chooseGround, colourNamedIn, parseColour } from './ground-colour';

describe('parseColour', () => {
  it.each([
    ['white', [255, 255, 255]],
    ['  Light Blue ', [173, 216, 230]],
    ['rebeccapurple', [102, 51, 153]],
    ['off-white', [248, 246, 241]],
    ['#fff', [255, 255, 255]],
    ['#1E90ff', [30, 144, 255]],
  ])('knows %s', (text, rgb) => expect(parseColour(text)).toEqual(rgb));

  it.each(['', '#12', 'sparkly', '#ggg', 'bluish'])('does not know "%s"', (text) => expect(parseColour(text)).toBeNull());
});

describe('colourNamedIn', () => {
  it('finds the first colour of a sentence, the longest name first', () => {
    expect(colourNamedIn('on a light blue ground with red ribbons')).toEqual([173, 216, 230]);
    expect(colourNamedIn('put it on #102030, please')).toEqual([16, 32, 48]);
  });

  it('does not find colours inside other words', () => {
    expect(colourNamedIn('a tangled, inspired arrangement')).toBeNull();
  });
});

describe('chooseGround', () => {
  it('takes the colour that the wish is or names', () => {
    expect(chooseGround('black')).toEqual({ colour: [0, 0, 0], note: null });
    expect(chooseGround('navy velvet')).toEqual({ colour: [0, 0, 128], note: null });
  });

  it('says so when it does not know the colour', () => {
    expect(chooseGround('moonbeam')).toEqual({
      colour: [255, 255, 255],
      note: 'I do not know the colour "moonbeam", so the background is white.',
    });
  });
});
