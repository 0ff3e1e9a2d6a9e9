import fc from 'fast-check';
import { descendantsOf, pathTo } from './lineage';

interface Node {
  id: string;
  parent_image_id: string | null;
  created_at: string;
}

const idOf = (n: number): string => n.toString(16).padStart(24, '0');

/** Random trees: node n hangs under any earlier one. Times may coincide, and the records come in any order. */
const trees = fc
  .array(fc.record({ parent: fc.nat(), second: fc.nat({ max: 5 }) }), { minLength: 1, maxLength: 40 })
  .map((seeds) =>
    seeds.map(({ parent, second }, n): Node => ({
      id: idOf(n),
      parent_image_id: n === 0 ? null : idOf(parent % n),
      created_at: `2026-11-23T10:00:0${second}.000Z`,
    })),
  )
  .chain((tree) => fc.tuple(fc.constant(tree), fc.shuffledSubarray(tree, { minLength: tree.length })));

/** The requirement document's own recursion. */
function naiveDescendants(tree: Node[], id: string): Node[] {
  return tree
    .filter((node) => node.parent_image_id === id)
    .sort((a, b) => `${a.created_at} ${a.id}`.localeCompare(`${b.created_at} ${b.id}`))
    .flatMap((child) => [child, ...naiveDescendants(tree, child.id)]);
}

describe('lineage', () => {
  it('finds the descendants that the naive recursion finds, in its order', () => {
    fc.assert(
      fc.property(trees, fc.nat(), ([tree, shuffled], n) => {
        const id = idOf(n % tree.length);
        expect(descendantsOf(shuffled, id)).toEqual(naiveDescendants(tree, id));
      }),
    );
  });

  it('finds the path whose every step is a regeneration of the one before', () => {
    fc.assert(
      fc.property(trees, fc.nat(), ([tree, shuffled], n) => {
        const id = idOf(n % tree.length);
        const path = pathTo(shuffled, id);
        expect(path.at(-1)?.id).toBe(id);
        expect(path.map((node) => node.parent_image_id)).toEqual([null, ...path.slice(0, -1).map((node) => node.id)]);
      }),
    );
  });

  it('walks a chain of ten thousand', () => {
    const chain = Array.from({ length: 10_000 }, (_, n): Node => ({
      id: idOf(n),
      parent_image_id: n === 0 ? null : idOf(n - 1),
      created_at: '2026-11-23T10:00:00.000Z',
    }));
    expect(descendantsOf(chain, idOf(0))).toHaveLength(9_999);
    expect(pathTo(chain, idOf(9_999))).toHaveLength(10_000);
  });

  it('answers for a picture that the tree does not hold with nothing', () => {
    expect(descendantsOf([], idOf(1))).toEqual([]);
    expect(pathTo([], idOf(1))).toEqual([]);
  });
});
