import fc from 'fast-check';
import type { ImageNode, ImageRecord } from '@facet/contracts';
import { anImageRecord } from '@facet/testing';
import { comparisonOf, isEnough, wordChanges } from './comparison';
import { nodeOf } from './image-node.projection';
import { commonAncestorOf, pathTo } from './lineage';

const root = anImageRecord({ instruction: 'Make it shine' });
const below = (parent: ImageRecord, partial: Partial<ImageRecord>): ImageRecord =>
  anImageRecord({ parent_image_id: parent.id, root_image_id: root.id, depth: parent.depth + 1, ...partial });
const first = below(root, { instruction: 'Add gold accents' });
const second = below(first, { instruction: 'Make it brighter' });
const aside = below(root, { instruction: 'Add silver accents', width: 800, options: { background_color: 'black' } });
const compare = (a: ImageRecord, b: ImageRecord, tree = [root, first, second, aside]) => {
  const [toA, toB] = [a, b].map(({ id }) => pathTo(tree.map(nodeOf), id));
  const ancestor = commonAncestorOf(toA ?? [], toB ?? []) ?? null;
  const behind = (path = toA): ImageNode[] => path?.slice(path.findIndex(({ id }) => id === ancestor?.id) + 1) ?? [];
  return comparisonOf({ record: a, way: behind(toA) }, { record: b, way: behind(toB) }, ancestor);
};

describe('a comparison', () => {
  it('tells the steps from what both come from, and the words that differ', () => {
    expect(compare(first, aside)).toMatchObject({
      common_ancestor: { id: root.id },
      instructions: {
        a: ['Add gold accents'],
        b: ['Add silver accents'],
        words: [
          { kind: 'same', text: 'Add ' },
          { kind: 'removed', text: 'gold' },
          { kind: 'added', text: 'silver' },
          { kind: 'same', text: ' accents' },
        ],
        complete: true,
      },
    });
  });

  it('tells all steps between a picture and one that it comes from', () => {
    const { common_ancestor, instructions } = compare(root, second);
    expect(common_ancestor?.id).toBe(root.id);
    expect(instructions).toMatchObject({ a: [], b: ['Add gold accents', 'Make it brighter'] });
  });

  it('tells the parameters that differ, and no other', () => {
    expect(compare(first, aside).parameters).toEqual([
      { name: 'background_color', a: 'white', b: 'black' },
      { name: 'width', a: 1600, b: 800 },
    ]);
    expect(compare(first, second).parameters).toEqual([]);
  });

  it('finds nothing in common between two trees', () => {
    const other = anImageRecord({ instruction: 'A calm ground' });
    const compared = compare(second, other, [root, first, second, other]);
    expect(compared).toMatchObject({ common_ancestor: null, instructions: { b: ['A calm ground'], complete: true } });
    expect(compared.instructions.a).toEqual(['Make it shine', 'Add gold accents', 'Make it brighter']);
  });

  it('tells nothing of a deleted picture but its place', () => {
    const deleted = { ...first, deleted_at: '2026-11-24T10:00:00.000Z' };
    const { a, instructions, parameters } = compare(deleted, second, [root, deleted, second]);
    expect(a).toMatchObject({ deleted: true, instruction: null, generated_image_url: null });
    expect(instructions).toMatchObject({ a: [], b: ['Make it brighter'] });
    expect(parameters).toEqual([]);
    expect(JSON.stringify({ a, instructions })).not.toContain('gold');
  });

  it('compares a deleted picture by its type alone, which is told of it', () => {
    const deleted = { ...aside, deleted_at: '2026-11-24T10:00:00.000Z' };
    const other = anImageRecord({ type: 'background_change' });
    const differing = [{ name: 'type', a: 'white_background', b: 'background_change' }];
    expect(compare(deleted, other, [root, deleted, other]).parameters).toEqual(differing);
    expect(compare(other, { ...deleted }, [root, deleted, other]).parameters).toEqual([
      { name: 'type', a: 'background_change', b: 'white_background' },
    ]);
  });

  it('tells the last steps of a chain that is too long', () => {
    const chain = [root];
    for (let parent = root; chain.length <= 200; chain.push(parent)) {
      parent = below(parent, { instruction: `Step ${chain.length}` });
    }
    const { instructions } = compare(root, chain.at(-1) ?? root, chain);
    expect(instructions.complete).toBe(false);
    expect([isEnough(chain.slice(1, 51).map(nodeOf)), isEnough(chain.slice(1, 52).map(nodeOf))]).toEqual([false, true]);
    expect(instructions.b.at(-1)).toBe('Step 200');
    expect(instructions.b).toHaveLength(50);
  });
});

describe('word changes', () => {
  it('lead from one text to the other', () => {
    const texts = fc
      .array(fc.constantFrom('gold', 'silver', 'a', 'ring', '.', '\n', '  '), { maxLength: 30 })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(texts, texts, (from, to) => {
        const changes = wordChanges(from, to);
        const without = (kind: string): string => changes.flatMap((change) => (change.kind === kind ? [] : [change.text])).join('');
        expect([without('added'), without('removed')]).toEqual([from, to]);
      }),
    );
  });
});
