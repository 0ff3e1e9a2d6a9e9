import { passedOn, RawPassage } from './passage';

const facts = JSON.stringify({ next: null });
const text = new TextEncoder().encode('[]');
const read = (answer: unknown, number: number) => passedOn('catalog.image.regenerations', answer, number);

describe('a passage that arrives', () => {
  it('has its facts read, and its text left as it is', () => {
    expect(read(new RawPassage(2, facts, text), 2)).toEqual({ facts: { next: null }, text });
  });

  it.each([{ nodes: [], next: null }, undefined, new RawPassage(0, '{"next":7}', text)])('is refused as malformed: %j', (answer) => {
    expect(() => read(answer, 0)).toThrow('A malformed answer to catalog.image.regenerations.');
  });

  it('tells by its number that one before it was lost', () => {
    expect(() => read(new RawPassage(2, facts, text), 1)).toThrow('Passage 1 of an answer to catalog.image.regenerations was lost.');
  });
});
