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
    ['keep the background and the shadow', 0],
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
    ['zoom in', { zoom: 1 }],
    ['zoom out a little', { zoom: -0.5 }],
    ['more space around it', { zoom: -1 }],
    ['mirror it', { mirror: 'horizontal' }],
    ['flip it vertically', { mirror: 'vertical' }],
    ['square crop', { square: true }],
    ['transparent background', { background: 'transparent' }],
    ['put it on a rose gold background', { background: [183, 110, 121] }],
    ['on white', { background: [255, 255, 255] }],
    ['turn it into gold', { accent: 'gold' }],
  ])('"%s" is understood', (instruction, expected) => {
    expect(readInstruction(instruction)).toEqual({ adjustments: { ...adjustmentsOf(''), ...expected }, notUnderstood: [] });
  });

  it('understands several wishes at once', () => {
    expect(adjustmentsOf('brighter, a bit warmer and gold accents')).toMatchObject({ brightness: 1, warmth: 0.5, accent: 'gold' });
  });

  it('tells gold, rose gold and white gold apart, and leaves "the gold" alone', () => {
    expect(adjustmentsOf('in rose gold').accent).toBe('rose gold');
    expect(adjustmentsOf('white gold instead').accent).toBe('silver');
    expect(adjustmentsOf('make the gold brighter')).toMatchObject({ accent: null, brightness: 1 });
    expect(adjustmentsOf('no gold').accent).toBeNull();
  });

  it('takes a colour for the background from a clause about the background only', () => {
    expect(adjustmentsOf('background navy, brighter')).toMatchObject({ background: [0, 0, 128], brightness: 1 });
    expect(adjustmentsOf('dark blue background').brightness).toBe(0);
    expect(adjustmentsOf('red').background).toBeNull();
  });

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
