import { combinePrompts } from './combine-prompts';

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
