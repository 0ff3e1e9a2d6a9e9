import fc from 'fast-check';
import type { LineageDirection } from '@facet/contracts';
import { ancestorsOf, commonAncestorOf, descendantsOf, edgesOf, neighbourhoodOf, pathTo } from './lineage';

interface Node {
  id: string;
  parent_image_id: string | null;
  created_at: string;
}

const idOf = (n: number): string => n.toString(16).padStart(24, '0');
const DIRECTIONS: readonly LineageDirection[] = ['up', 'down', 'both'];

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

/** The requirement document's own recursions, and others as plain. */
const naive = {
  descendants: (tree: Node[], id: string): Node[] =>
    tree
      .filter((node) => node.parent_image_id === id)
      .sort((a, b) => `${a.created_at} ${a.id}`.localeCompare(`${b.created_at} ${b.id}`))
      .flatMap((child) => [child, ...naive.descendants(tree, child.id)]),
  path: (tree: Node[], id: string): Node[] =>
    tree
      .filter((node) => node.id === id)
      .flatMap((node) => [...(node.parent_image_id === null ? [] : naive.path(tree, node.parent_image_id)), node]),
  near: (tree: Node[], id: string, direction: LineageDirection, steps: number): Set<string> => {
    const node = tree.find((one) => one.id === id);
    const up = direction !== 'down' && node?.parent_image_id ? [node.parent_image_id] : [];
    const down = direction === 'up' ? [] : tree.filter((one) => one.parent_image_id === id).map((one) => one.id);
    const further = steps === 0 ? [] : [...up, ...down].flatMap((next) => [...naive.near(tree, next, direction, steps - 1)]);
    return new Set([id, ...further]);
  },
};

/** Holds a property of a tree and two of its pictures. */
const itHolds = (what: string, property: (tree: Node[], shuffled: Node[], a: string, b: string) => void): void => {
  it(what, () => {
    fc.assert(
      fc.property(trees, fc.nat(), fc.nat(), ([tree, shuffled], a, b) => {
        property(tree, shuffled, idOf(a % tree.length), idOf(b % tree.length));
      }),
    );
  });
};

describe('lineage', () => {
  itHolds('finds the descendants that the naive recursion finds, in its order', (tree, shuffled, id) => {
    expect(descendantsOf(shuffled, id)).toEqual(naive.descendants(tree, id));
  });

  itHolds('finds the path that the naive recursion finds, and on it the ancestors', (tree, shuffled, id) => {
    const path = naive.path(tree, id);
    expect(pathTo(shuffled, id)).toEqual(path);
    expect(ancestorsOf(shuffled, id)).toEqual(path.slice(0, -1));
  });

  itHolds('finds the whole tree, depth-first from its first picture', (tree, shuffled, id) => {
    expect(neighbourhoodOf(shuffled, id, 'both')).toEqual([tree[0], ...naive.descendants(tree, idOf(0))]);
    expect(neighbourhoodOf(shuffled, id, 'up')).toEqual(naive.path(tree, id));
    expect(neighbourhoodOf(shuffled, id, 'down').slice(1)).toEqual(naive.descendants(tree, id));
  });

  it('finds what is within some steps of a picture, depth-first', () => {
    fc.assert(
      fc.property(trees, fc.nat(), fc.constantFrom(...DIRECTIONS), fc.nat({ max: 4 }), ([tree, shuffled], n, direction, steps) => {
        const id = idOf(n % tree.length);
        const near = naive.near(tree, id, direction, steps);
        const wholeTree = [tree[0], ...naive.descendants(tree, idOf(0))];
        expect(neighbourhoodOf(shuffled, id, direction, steps)).toEqual(wholeTree.filter((node) => node && near.has(node.id)));
      }),
    );
  });

  it('finds the steps to all in a neighbourhood whose parent is there, also in parts', () => {
    const seeds = [fc.nat(), fc.constantFrom(...DIRECTIONS), fc.nat({ max: 4 }), fc.nat()] as const;
    fc.assert(
      fc.property(trees, ...seeds, ([tree, shuffled], n, direction, steps, cut) => {
        const near = neighbourhoodOf(shuffled, idOf(n % tree.length), direction, steps);
        const ids = new Set(near.map(({ id }) => id));
        const inside = near.filter(({ parent_image_id: parent }) => parent !== null && ids.has(parent));
        const at = 1 + (cut % near.length);
        expect([...edgesOf(near.slice(0, at), false), ...edgesOf(near.slice(at), true)]).toEqual(
          inside.map(({ id, parent_image_id }) => ({ from: parent_image_id, to: id })),
        );
      }),
    );
  });

  itHolds('finds the deepest of all that two pictures come from', (tree, shuffled, a, b) => {
    const common = naive.path(tree, a).filter((node) => naive.path(tree, b).includes(node));
    expect(commonAncestorOf(pathTo(shuffled, a), pathTo(shuffled, b))).toEqual(common.at(-1));
    expect(commonAncestorOf(pathTo(shuffled, b), pathTo(shuffled, a))).toEqual(common.at(-1));
  });

  it('walks a chain of a hundred thousand, and a picture with as many children', () => {
    const shape = (parentOf: (n: number) => number): Node[] =>
      Array.from({ length: 100_000 }, (_, n) => ({
        id: idOf(n),
        parent_image_id: n === 0 ? null : idOf(parentOf(n)),
        created_at: '2026-11-23T10:00:00.000Z',
      }));
    const [chain, star] = [shape((n) => n - 1), shape(() => 0)];
    expect([descendantsOf(chain, idOf(0)).length, pathTo(chain, idOf(99_999)).length]).toEqual([99_999, 100_000]);
    expect([descendantsOf(star, idOf(0)).length, pathTo(star, idOf(99_999)).length]).toEqual([99_999, 2]);
    expect(neighbourhoodOf(star, idOf(5), 'both', 2)).toHaveLength(100_000);
    expect(neighbourhoodOf(chain, idOf(5), 'both')).toHaveLength(100_000);
  });

  it('begins with the topmost picture that is known, where the first one is not', () => {
    const chain = [1, 2, 3].map((n): Node => ({ id: idOf(n), parent_image_id: idOf(n - 1), created_at: '2026-11-23T10:00:00.000Z' }));
    expect(neighbourhoodOf(chain, idOf(2), 'both')).toEqual(chain);
    expect(edgesOf(chain, false)).toHaveLength(2);
  });

  it('answers for a picture that the tree does not hold with nothing', () => {
    expect(descendantsOf([], idOf(1))).toEqual([]);
    expect(pathTo([], idOf(1))).toEqual([]);
    expect(neighbourhoodOf([], idOf(1), 'both')).toEqual([]);
    expect(commonAncestorOf<Node>(pathTo([], idOf(1)), pathTo([], idOf(2)))).toBeUndefined();
  });
});
