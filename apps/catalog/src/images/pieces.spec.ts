import { shownImage, shownNode, addressesUnder } from '@facet/contracts';
import { anImageRecord } from '@facet/testing';
import fc from 'fast-check';
import { nodeOf } from './image-node.projection';
import { bytesOfListed, bytesOfNode, runsOf } from './pieces';

const addressOf = addressesUnder('https://facet.example.com');
/** Of what takes one byte in JSON, two, three, four and six. */
const text = fc.string({ unit: fc.constantFrom('a', '"', '\n', 'é', '金', '💍', '\u0001', '\ud800'), maxLength: 5_000 });
const record = fc
  .record({ prompt: text, original_prompt: text, instruction: text, compiled_prompt: text, note: text, title: text })
  .map(({ note, compiled_prompt, ...texts }) => {
    const plain = anImageRecord(texts);
    return { ...plain, tags: [texts.title], generation: { ...plain.generation, compiled_prompt, notes: [note] } };
  });
const bytesInJson = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

describe('the bytes that a member takes in a message', () => {
  it('are no fewer than it takes, whatever its texts', () => {
    fc.assert(
      fc.property(record, (one) => {
        const [image, node] = [shownImage(one, addressOf), shownNode(nodeOf(one), addressOf)];
        expect(bytesOfListed(image)).toBeGreaterThanOrEqual(bytesInJson(image));
        expect(bytesOfNode(node)).toBeGreaterThanOrEqual(bytesInJson(node));
      }),
    );
  });

  it('keep a page of control characters within messages', () => {
    const prompt = '\u0001'.repeat(10_000);
    const page = Array.from({ length: 100 }, () => shownImage(anImageRecord({ prompt, original_prompt: prompt }), addressOf));
    const runs = runsOf(page, bytesOfListed);
    expect(runs.flat()).toEqual(page);
    expect(Math.max(...runs.map(bytesInJson))).toBeLessThan(1_000_000);
  });
});
