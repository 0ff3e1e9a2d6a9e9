import { anImageRecord } from '@facet/testing';
import { promptWords, wordsIn } from './prompt-words';

describe('wordsIn', () => {
  it('takes words apart at everything that is neither letter nor digit, each once', () => {
    expect(wordsIn('A 18-carat ring, a RING: (gold/silver)!')).toEqual(['a', '18', 'carat', 'ring', 'gold', 'silver']);
  });

  it('makes no difference between cases, accents and forms of the same letter', () => {
    expect(wordsIn('Éclat DORÉ')).toEqual(wordsIn('eclat dore\u0301'));
    expect(wordsIn('ﬁne Ⅳ')).toEqual(['fine', 'iv']);
    expect(wordsIn('Straße')).toEqual(['straße']);
  });

  it('keeps the words of other scripts whole', () => {
    expect(wordsIn('सोने की अंगूठी')).toEqual(['सोने', 'की', 'अंगूठी'].map((word) => word.normalize('NFKD')));
    expect(wordsIn('кольцо, 金の指輪')).toEqual(['кольцо', '金の指輪'.normalize('NFKD')]);
  });

  it('finds none in marks alone', () => {
    expect(wordsIn(' … !? ́ ')).toEqual([]);
  });
});

describe('promptWords', () => {
  it('are those of all steps, sorted', () => {
    const record = anImageRecord({ prompt: 'White ground. Make it shine', original_prompt: 'White ground', instruction: 'Make it shine' });
    expect(promptWords(record)).toEqual(['ground', 'it', 'make', 'shine', 'white']);
  });

  it('hold what a long chain ends and begins with', () => {
    const middle = Array.from({ length: 5_000 }, (_, n) => `step${n}`).join(' ');
    const words = promptWords({
      instruction: 'add emeralds',
      original_prompt: 'a plain ring',
      prompt: `a plain ring ${middle} add emeralds`,
    });
    expect(words).toHaveLength(256);
    expect(words).toEqual(expect.arrayContaining(['add', 'emeralds', 'plain', 'ring', 'step0']));
  });
});
