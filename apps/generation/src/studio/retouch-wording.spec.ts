import { readInstruction } from './retouch-words';

const NOTHING = readInstruction('').adjustments;
const NAVY = [0, 0, 128];
const WHITE = [255, 255, 255];

/** What people write, beside the vocabulary of `retouch-words.spec.ts`, and what it must not be taken for. */
describe('readInstruction, as people word it', () => {
  it.each([
    ['just a hair brighter', 0.5],
    ['it’s dark', 1],
    ['The ring looks a bit dark', 0.5],
    ['it’s dark, make it much brighter', 1.7],
    ['it’s not dark', 0],
    ['I want it dark', -1],
    ['it should be dark', -1],
    ['make the dark ring brighter', 1],
    ['make my bright gold darker', -1],
    ['make this bright please', 1],
    ['everything brighter', 1],
    ['turn it 20% brighter', 0.8],
  ])('"%s" changes brightness by %d', (instruction, brightness) =>
    expect(readInstruction(instruction)).toEqual({ adjustments: { ...NOTHING, brightness }, notUnderstood: [] }),
  );

  it.each([
    ['add a drop shadow', 1],
    ['drop the shadow', -Infinity],
    ['remove the drop shadow', -Infinity],
    ['put a shadow under it', 1],
    ['add a soft shadow', 0.5],
    ['add a soft drop shadow', 0.5],
    ['give it a subtle shadow', 0.5],
    ['give it a softer shadow', -1],
    ['don’t add a soft shadow', 0],
    ['get rid of that shadow', -Infinity],
    ['remove the hard shadow', -Infinity],
    ['no hard shadow', 0],
    ['turn off the shadow', -Infinity],
    ['shadow: none', -Infinity],
    ['shadow: softer', -1],
    ['I don’t want a shadow', -Infinity],
    ['I don’t want a shadow that dark', -1],
    ['the shadow is hard', -1],
    ['the shadow should be dark', 1],
  ])('"%s" changes the shadow by %d', (instruction, shadow) =>
    expect(readInstruction(instruction)).toEqual({ adjustments: { ...NOTHING, shadow }, notUnderstood: [] }),
  );

  it.each([
    ['change the background from white to navy', { background: NAVY }],
    ['switch the background from navy to white', { background: WHITE }],
    ['change the white background to navy', { background: NAVY }],
    ['make the white background navy', { background: NAVY }],
    ['replace the white background by a navy one', { background: NAVY }],
    ['turn the navy background into white', { background: WHITE }],
    ['make the background white with gold accents', { background: WHITE, accent: 'gold' }],
    ['remove the white background and make it navy', { background: NAVY }],
    ['transparent background and gold', { background: 'transparent', accent: 'gold' }],
    ['remove the white background', { background: 'transparent' }],
    ['get rid of this dark blue background', { background: 'transparent' }],
    ['replace this dark background with white', { background: WHITE }],
    ['no white background, navy instead', { background: NAVY }],
    ['not on white, gold accents', { accent: 'gold' }],
    ['on a dark navy background', { background: [0, 0, 77] }],
    ['a slightly darker grey background', { background: [85, 85, 85] }],
    ['darker on a navy background', { background: NAVY, brightness: -1 }],
    ['this ring in navy', { background: NAVY }],
    ['show the earrings in pink', { background: [255, 192, 203] }],
    ['the ring in silver', { accent: 'silver' }],
    ['this ring in white gold', { accent: 'silver' }],
    ['change from gold to silver', { accent: 'silver' }],
    ['I want navy behind the ring', { background: NAVY }],
    ['put it back on white', { background: WHITE }],
    ['white bg', { background: WHITE }],
    ['bg: navy', { background: NAVY }],
  ])('"%s" is another ground, or is not', (instruction, expected) =>
    expect(readInstruction(instruction)).toEqual({ adjustments: { ...NOTHING, ...expected }, notUnderstood: [] }),
  );

  it.each([
    ['it’s blurry', { sharpness: 1 }],
    ['it looks flat and dull', { contrast: 1, saturation: 1 }],
    ['too dark and cold', { brightness: 1, warmth: 1 }],
    ['too bright and warmer', { brightness: -1, warmth: 1 }],
    ['the colours are too strong', { saturation: -1 }],
    ['the colours are not too strong', {}],
    ['zero saturation', { saturation: -Infinity }],
    ['b/w', { saturation: -Infinity }],
    ['make the light softer', { contrast: -1 }],
    ['soften the light', { contrast: -1 }],
    ['the light is too harsh', { contrast: -1 }],
    ['soft focus', { sharpness: -1 }],
    ['make the gold more yellow', { warmth: 1 }],
    ['the gold is too yellow', { warmth: -1 }],
    ['remove the yellow tint', { warmth: -1 }],
    ['too blue', { warmth: 1 }],
    ['more yellow gold', { accent: 'gold' }],
    ['gold plated', { accent: 'gold' }],
    ['move closer', { zoom: 1 }],
    ['crop in tighter', { zoom: 1 }],
    ['less white space', { zoom: 1 }],
    ['more white space around it', { zoom: -1 }],
    ['not enough space', { zoom: -1 }],
    ['flip it left to right', { mirror: 'horizontal' }],
    ['turn it 180', { rotation: 180 }],
  ])('"%s" is understood', (instruction, expected) =>
    expect(readInstruction(instruction)).toEqual({ adjustments: { ...NOTHING, ...expected }, notUnderstood: [] }),
  );

  it.each([
    'remove the dark spots',
    'remove bright spots',
    'the dark spots are ugly',
    'remove the details',
    'remove gold accents',
    'on a dark wooden table',
    'on a bright sunny beach',
    'focus on the pearl',
    'make the ring in red',
    'the stone in navy',
    'ring in a navy box',
    'make the stone more yellow',
    'black gold',
    'none',
    'remove the dark spots from the background',
    'remove spots in the background',
    'a gradient background from pink to white',
  ])('"%s" changes nothing, and it is said', (instruction) =>
    expect(readInstruction(instruction)).toEqual({ adjustments: NOTHING, notUnderstood: [instruction] }),
  );

  it.each([
    ['brighten the Stone', 'the Stone'],
    ['only the stone brighter', 'the stone'],
    ['make the blue sapphire more vibrant, on navy', 'the blue sapphire'],
    ['the pearls are dull', 'the pearls'],
  ])('"%s" is done to the whole piece, and it is said', (instruction, part) => expect(readInstruction(instruction).part).toBe(part));

  it.each([
    'make the ring and its stone brighter',
    'make everything brighter, the stone too',
    'the stone and the gold brighter',
    'brighter',
    'soften the shadow of the stone',
    'zoom in on the stone',
    'make the ruby ring brighter',
    'remove the stone',
  ])('"%s" speaks of no part alone', (instruction) => expect(readInstruction(instruction).part).toBeUndefined());

  it('names no more than what it did not do', () => {
    expect(readInstruction('on black Velvet, brighten the dark areas')).toEqual({
      adjustments: { ...NOTHING, background: [0, 0, 0], brightness: 1 },
      notUnderstood: ['Velvet', 'dark areas'],
    });
  });
});
