import { combinePrompts, fitsInMessages } from './combine-prompts';

describe('combinePrompts', () => {
  it('makes the chain of the requirement document to the letter', () => {
    const steps = ['Make it shine', 'Add gold accents', 'Make it brighter'];
    expect(steps.reduce(combinePrompts, 'Remove the background and replace it with white')).toBe(
      'Remove the background and replace it with white. Make it shine. Add gold accents. Make it brighter',
    );
  });

  it('does not double a full stop', () => {
    expect(combinePrompts('Make it shine.', 'Brighter.')).toBe('Make it shine. Brighter.');
  });

  it('adds nothing for an empty prompt', () => {
    expect(combinePrompts('Make it shine', '')).toBe('Make it shine');
  });
});

describe('fitsInMessages', () => {
  it.each([
    ['letters', 'x'.repeat(200_000), true],
    ['more letters', 'x'.repeat(200_001), false],
    ['characters of three bytes', '金'.repeat(149_000), true],
    ['more of these', '金'.repeat(151_000), false],
    ['control characters, of six bytes in JSON', '\u0001'.repeat(76_000), false],
  ])('%s', (_what, whole, fits) => {
    expect(fitsInMessages(whole)).toBe(fits);
  });
});
