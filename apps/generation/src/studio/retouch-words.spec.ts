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
    expect(readInstruction('Sparklier, brighter. Softer shadow')).toMatchObject({
      adjustments: { brightness: 1, sharpness: 0 },
      notUnderstood: ['Sparklier', 'Softer shadow'],
    });
  });

  it('has nothing to say about an empty or a polite instruction', () => {
    expect(readInstruction('').notUnderstood).toEqual([]);
    expect(readInstruction('please').notUnderstood).toEqual([]);
  });
});
