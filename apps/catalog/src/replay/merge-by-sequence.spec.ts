import fc from 'fast-check';
import { mergeBySequence } from './merge-by-sequence';

interface Item {
  sequence: number;
}

async function* from(sequences: readonly number[]): AsyncGenerator<Item, void> {
  for (const sequence of sequences) {
    yield { sequence };
  }
}

describe('mergeBySequence', () => {
  it('gives everything of all sources, in order', async () => {
    const sources = fc.array(
      fc.array(fc.nat()).map((list) => list.sort((a, b) => a - b)),
      { maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(sources, async (lists) => {
        const merged: number[] = [];
        for await (const { sequence } of mergeBySequence(lists.map(from))) {
          merged.push(sequence);
        }
        expect(merged).toEqual(lists.flat().sort((a, b) => a - b));
      }),
    );
  });

  it('ends its sources when nobody reads on', async () => {
    const ended: string[] = [];
    async function* source(name: string): AsyncGenerator<Item, void> {
      try {
        yield { sequence: 1 };
        yield { sequence: 2 };
      } finally {
        ended.push(name);
      }
    }
    for await (const { sequence } of mergeBySequence([source('a'), source('b')])) {
      expect(sequence).toBe(1);
      break;
    }
    expect(ended.sort()).toEqual(['a', 'b']);
  });
});
