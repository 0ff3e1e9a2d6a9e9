import * as fc from 'fast-check';
import { readInstruction } from './retouch-words';

const adjustmentsOf = (instruction: string) => readInstruction(instruction).adjustments;

describe('readInstruction', () => {
  it.each([
    ['make it brighter', 'brightness', 1],
    ['darker please', 'brightness', -1],
    ['More contrast', 'contrast', 1],
    ['more vibrant', 'saturation', 1],
    ['muted colours', 'saturation', -1],
    ['warmer', 'warmth', 1],
    ['a cooler look', 'warmth', -1],
    ['sharper', 'sharpness', 1],
  ] as const)('"%s" changes %s by %d', (instruction, quantity, amount) => {
    const { adjustments, notUnderstood } = readInstruction(instruction);
    expect(adjustments[quantity]).toBe(amount);
    expect(notUnderstood).toEqual([]);
  });

  it('understands degree and negation', () => {
    expect(adjustmentsOf('slightly brighter').brightness).toBe(0.5);
    expect(adjustmentsOf('much darker').brightness).toBe(-1.7);
    expect(adjustmentsOf('less saturated').saturation).toBe(-1);
  });

  it.each([
    ['not darker', 0],
    ['do not make it darker', 0],
    ['brighter, but not too bright', 1],
    ['brighter, but only slightly', 0.5],
    ['too dark', 1],
    ['a bit too bright', -0.5],
    ['not bright enough', 1],
    ['not as bright', -1],
    ['not much brighter', 0.5],
    ['50 % brighter', 2],
    ['turn the brightness down', -1],
    ['reduce the brightness a bit', -0.5],
    ['don’t make it cooler or brighter', 0],
    ['keep it bright', 0],
    ['it’s too bright', -1],
    ['brighter, a bit more', 1],
    ['more light', 1],
    ['not enough light', 1],
    ['the brightness is too low', 1],
    ['the brightness is too high', -1],
    ['too little brightness', 1],
    ['brightness -20%', -0.8],
    ['brightness \u221220 %', -0.8],
    ['half as bright', -1],
    ['do not remove the background, just make it brighter', 1],
    ['not on navy and brighter', 1],
    ['don’t remove the background or brighten it', 0],
    ['make the ring, the stone and the pearl brighter', 1],
    ['The ring: brighter, please', 1],
  ])('"%s" changes brightness by %d, and nothing else is said', (instruction, brightness) => {
    expect(adjustmentsOf(instruction)).toEqual({ ...adjustmentsOf(''), brightness });
    expect(readInstruction(instruction).notUnderstood).toEqual([]);
  });

  it.each([
    ['softer shadow', -1],
    ['make the shadow a bit softer', -0.5],
    ['a stronger shadow', 1],
    ['without shadow', -Infinity],
    ['remove the shadow', -Infinity],
    ['don’t remove the shadow', 0],
    ['the shadow is too dark', -1],
    ['the shadow is too strong', -1],
    ['the shadow is not too dark', 0],
    ['the shadow is too soft', 1],
    ['shadow less dark', -1],
    ['make the shadow less strong', -1],
    ['the shadow is too light', 1],
    ['less dark shadow', -1],
    ['keep the background and the shadow', 0],
    ['keep the shadow but make it softer', -1],
    ['keep the shadow, just a bit softer', -0.5],
    ['keep the shadow, but make it much darker', 1.7],
    ['leave the shadow and make it less dark', -1],
    ['keep the shadow and make it softer', -1],
  ])('"%s" changes the shadow by %d', (instruction, shadow) => {
    expect(readInstruction(instruction)).toEqual({ adjustments: { ...adjustmentsOf(''), shadow }, notUnderstood: [] });
  });

  it.each([
    ['rotate left', { rotation: -90 }],
    ['rotate by 12.5 degrees', { rotation: 12.5 }],
    ['rotate 20° counter-clockwise', { rotation: -20 }],
    ['rotate it slightly to the left', { rotation: -5 }],
    ['turn it upside down', { rotation: 180 }],
    ['don’t rotate it', {}],
    ['turn 90 degrees to the left', { rotation: -90 }],
    ['turn it 90 degrees to the right', { rotation: 90 }],
    ['turn the ring slightly to the left', { rotation: -5 }],
    ['rotate -15 degrees', { rotation: -15 }],
    ['rotate by minus 15°', { rotation: -15 }],
    ['flip upside down', { mirror: 'vertical' }],
    ['flip it upside down', { mirror: 'vertical' }],
    ['1:1', { square: true }],
    ['make it 1:1', { square: true }],
    ['remove the warmth', { warmth: -1 }],
    ['remove the blur', { sharpness: 1 }],
    ['without warmth', {}],
    ['too little contrast', { contrast: 1 }],
    ['not enough contrast', { contrast: 1 }],
    ['the contrast is too high', { contrast: -1 }],
    ['stronger contrast', { contrast: 1 }],
    ['higher contrast', { contrast: 1 }],
    ['low contrast', { contrast: -1 }],
    ['silver instead of gold', { accent: 'silver' }],
    ['instead of gold make it silver', { accent: 'silver' }],
    ['silver instead of gold and brighter', { accent: 'silver', brightness: 1 }],
    ['more colour', { saturation: 1 }],
    ['boost the colors', { saturation: 1 }],
    ['don’t boost the colours', {}],
    ['tone down the colours', { saturation: -1 }],
    ['tone the colours down', { saturation: -1 }],
    ['a bit less colour', { saturation: -0.5 }],
    ['too much colour', { saturation: -1 }],
    ['zoom in', { zoom: 1 }],
    ['zoom out a little', { zoom: -0.5 }],
    ['more space around it', { zoom: -1 }],
    ['mirror it', { mirror: 'horizontal' }],
    ['flip it vertically', { mirror: 'vertical' }],
    ['square crop', { square: true }],
    ['transparent background', { background: 'transparent' }],
    ['put it on a rose gold background', { background: [183, 110, 121] }],
    ['on white', { background: [255, 255, 255] }],
    ['put this silver ring on a navy background', { background: [0, 0, 128] }],
    ['on a soft cream background', { background: [255, 246, 224] }],
    ['background: navy', { background: [0, 0, 128] }],
    ['background color: #102030', { background: [16, 32, 48] }],
    ['make the background navy, not white', { background: [0, 0, 128] }],
    ['remove the background and replace it with navy', { background: [0, 0, 128] }],
    ['replace the background with navy', { background: [0, 0, 128] }],
    ['replace it with silver', { accent: 'silver' }],
    ['navy velvet background', { background: [0, 0, 128] }],
    ['navy background with gold accents', { background: [0, 0, 128], accent: 'gold' }],
    ['zoom in on the stone', { zoom: 1 }],
    ['keep the ring but make it softer', { sharpness: -1 }],
    ['remove the shadow and make it darker', { shadow: -Infinity, brightness: -1 }],
    ['navy', { background: [0, 0, 128] }],
    ['Soft cream, please', { background: [255, 246, 224] }],
    ['#102030', { background: [16, 32, 48] }],
    ['gold', { accent: 'gold' }],
    ['darker gold', { accent: 'gold', brightness: -1 }],
    ['don’t touch the shadow, just make it darker', { brightness: -1 }],
    ['keep it without a shadow, make it lighter', { brightness: 1 }],
    ['turn it into gold', { accent: 'gold' }],
  ])('"%s" is understood', (instruction, expected) => {
    expect(readInstruction(instruction)).toEqual({ adjustments: { ...adjustmentsOf(''), ...expected }, notUnderstood: [] });
  });

  it.each([
    'don’t remove the background',
    'do not remove the background',
    'not on navy',
    'no navy background',
    'I don’t want a navy background',
    'don’t make it transparent',
    'not transparent',
    'don’t make the background white',
    'the background should not be white',
    'don’t put it on navy or black',
    'without a navy backdrop, please',
    'the ring',
    'make it',
    'Hello, thank you!',
  ])('"%s" changes nothing, and nothing is said', (instruction) => {
    expect(readInstruction(instruction)).toEqual({ adjustments: adjustmentsOf(''), notUnderstood: [] });
  });

  it.each([
    'add diamonds',
    'Add pearls',
    'make it a bracelet',
    'change the ring',
    'remove the stone',
    'more',
    'a touch of light on the gold',
    'more sparkle on the ruby',
  ])('"%s" changes nothing, and it is said', (instruction) => {
    expect(readInstruction(instruction)).toEqual({ adjustments: adjustmentsOf(''), notUnderstood: [instruction] });
  });

  it('does not take the piece under "on the" for a background', () => {
    expect(adjustmentsOf('focus on the pearl').background).toBeNull();
    expect(adjustmentsOf('brighter light on the gold chain').background).toBeNull();
    expect(adjustmentsOf('on the gold background').background).toEqual([255, 215, 0]);
    expect(adjustmentsOf('on gold').background).toEqual([255, 215, 0]);
  });

  it('understands several wishes at once', () => {
    expect(adjustmentsOf('brighter, a bit warmer and gold accents')).toMatchObject({ brightness: 1, warmth: 0.5, accent: 'gold' });
  });

  it('tells gold, rose gold and white gold apart, and leaves "the gold" alone', () => {
    expect(adjustmentsOf('in rose gold').accent).toBe('rose gold');
    expect(adjustmentsOf('white gold instead').accent).toBe('silver');
    expect(adjustmentsOf('make the gold brighter')).toMatchObject({ accent: null, brightness: 1 });
    expect(adjustmentsOf('no gold').accent).toBeNull();
    expect(adjustmentsOf('make the white gold brighter').accent).toBeNull();
    expect(adjustmentsOf('this gold ring brighter').accent).toBeNull();
    expect(adjustmentsOf('make this gold').accent).toBe('gold');
  });

  it('takes a colour for the background from a clause about the background only', () => {
    expect(adjustmentsOf('background navy, brighter')).toMatchObject({ background: [0, 0, 128], brightness: 1 });
    expect(adjustmentsOf('dark blue background').brightness).toBe(0);
  });

  it.each(['the stone: red', 'the metal, black', '180', 'Fab!', 'add', 'ruby', 'none', 'red and brighter'])(
    'takes no background from "%s"',
    (instruction) => {
      expect(adjustmentsOf(instruction).background).toBeNull();
    },
  );

  it('makes black and white of "black and white"', () => {
    expect(adjustmentsOf('black and white').saturation).toBe(-Infinity);
  });

  it('names what it did not understand, in the words of the person, and does the rest', () => {
    expect(readInstruction('Sparklier, brighter. Add a Unicorn. Warmer with a halo')).toMatchObject({
      adjustments: { brightness: 1, warmth: 1 },
      notUnderstood: ['Sparklier', 'Add a Unicorn', 'halo'],
    });
  });

  it('has nothing to say about an empty or a polite instruction', () => {
    expect(readInstruction('').notUnderstood).toEqual([]);
    expect(readInstruction('please').notUnderstood).toEqual([]);
  });

  describe('whatever is said', () => {
    const words = {
      brighter: 'brightness',
      warmer: 'warmth',
      sharper: 'sharpness',
      'more contrast': 'contrast',
      vibrant: 'saturation',
    } as const;
    const wish = fc.constantFrom(...(Object.keys(words) as (keyof typeof words)[]));
    const amountOf = (instruction: string, word: keyof typeof words): number => adjustmentsOf(instruction)[words[word]];

    it('never fails, and every amount is a number', () => {
      fc.assert(
        fc.property(
          fc.oneof(
            fc.string({ unit: 'grapheme' }),
            fc
              .array(
                fc.constantFrom('not', 'less', 'much', 'gold', 'shadow', 'rotate', 'and', ',', '20', '%', 'white', 'background', 'zoom'),
              )
              .map((list) => list.join(' ')),
          ),
          (instruction) => {
            const { adjustments, notUnderstood } = readInstruction(instruction);
            expect(Object.values(adjustments).some((value) => Number.isNaN(value))).toBe(false);
            expect(notUnderstood.every((clause) => clause.trim() !== '')).toBe(true);
          },
        ),
      );
    });

    it('degree orders, "less" turns, "not" stills', () => {
      fc.assert(
        fc.property(wish, (word) => {
          const plain = word.replace(/^more /, '');
          expect(amountOf(`slightly ${word}`, word)).toBeLessThan(amountOf(word, word));
          expect(amountOf(`much ${word}`, word)).toBeGreaterThan(amountOf(word, word));
          expect(amountOf(`less ${plain}`, word)).toBe(-amountOf(word, word));
          expect(adjustmentsOf(`not ${word}`)).toEqual(adjustmentsOf(''));
          expect(adjustmentsOf(`please don't make it ${word}`)).toEqual(adjustmentsOf(''));
        }),
      );
    });

    it('wishes add up in any order, however they are joined', () => {
      fc.assert(
        fc.property(
          fc.shuffledSubarray(Object.keys(words), { minLength: 1 }),
          fc.constantFrom(', ', ' and ', '. ', '; ', ' but '),
          (chosen, joint) => {
            const expected = Object.fromEntries(chosen.map((word) => [words[word as keyof typeof words], 1]));
            expect(readInstruction(chosen.join(joint))).toEqual({ adjustments: { ...adjustmentsOf(''), ...expected }, notUnderstood: [] });
          },
        ),
      );
    });
  });
});
