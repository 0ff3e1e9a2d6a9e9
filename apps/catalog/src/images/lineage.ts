import type { LineageDirection, LineageEdge } from '@facet/contracts';
import { oldestFirst } from './image-order';
import type { TreePlace } from './image.repository';

// Walks without recursion, and puts nothing into a list by spreading another: a chain may be ten thousand long, and a
// picture may have ten thousand children.

/**
 * All descendants of a picture, depth-first, siblings oldest first: each regeneration followed by its own.
 *
 * @param tree the pictures of the tree, in any order
 */
export const descendantsOf = <T extends TreePlace>(tree: readonly T[], id: string): T[] => depthFirst(tree, id).slice(1);

/** The pictures that this one comes from, the first one first. */
export const ancestorsOf = <T extends TreePlace>(tree: readonly T[], id: string): T[] => pathTo(tree, id).slice(0, -1);

/** The way from the first picture to this one, both included; empty when the tree does not hold it. */
export function pathTo<T extends TreePlace>(tree: readonly T[], id: string): T[] {
  const byId = new Map(tree.map((node) => [node.id, node]));
  const path: T[] = [];
  for (let at = byId.get(id); at; at = at.parent_image_id === null ? undefined : byId.get(at.parent_image_id)) {
    path.push(at);
  }
  return path.reverse();
}

/**
 * The pictures within some steps of one, itself included, depth-first from the first picture of the tree.
 *
 * @param direction `up`: steps lead to parents; `down`: to children; `both`: to either, from every picture on the way
 * @param steps how many at most; absent: any number, which for `both` is the whole tree
 */
export function neighbourhoodOf<T extends TreePlace>(tree: readonly T[], id: string, direction: LineageDirection, steps = Infinity): T[] {
  if (direction === 'up') {
    const path = pathTo(tree, id);
    return path.slice(Math.max(0, path.length - 1 - steps));
  }
  // a first picture that is not known leaves the topmost that is
  const root = direction === 'both' ? (tree.find((node) => !hasParent(node)) ?? pathTo(tree, id)[0]) : { id };
  const all = depthFirst(tree, root?.id);
  if (steps === Infinity) {
    return all;
  }
  const distances = distancesFrom(tree, id, direction);
  return all.filter((node) => (distances.get(node.id) ?? Infinity) <= steps);
}

/** Where two ways from first pictures part: the last picture of one that is on the other; absent for those of two trees. */
export function commonAncestorOf<T extends TreePlace>(pathToA: readonly T[], pathToB: readonly T[]): T | undefined {
  const ofA = new Set(pathToA.map(({ id }) => id));
  return pathToB.findLast(({ id }) => ofA.has(id));
}

/**
 * The steps from parent to child, for every picture of a neighbourhood whose parent is in it: all but its first one.
 *
 * @param part some of the neighbourhood, in its order
 * @param goesOn whether there was a part before
 */
export const edgesOf = (part: readonly TreePlace[], goesOn: boolean): LineageEdge[] =>
  part
    .slice(goesOn ? 0 : 1)
    .filter(hasParent)
    .map(({ id, parent_image_id }) => ({ from: parent_image_id, to: id }));

const hasParent = <T extends TreePlace>(node: T): node is T & { parent_image_id: string } => node.parent_image_id !== null;

/** A picture and its descendants; empty when the tree does not hold it. */
function depthFirst<T extends TreePlace>(tree: readonly T[], id: string | undefined): T[] {
  const children = childrenOf(tree);
  const start = tree.find((node) => node.id === id);
  const found: T[] = [];
  const waiting = start ? [start] : [];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    found.push(next);
    for (const child of (children.get(next.id) ?? []).toReversed()) {
      waiting.push(child);
    }
  }
  return found;
}

/** Steps from a picture to each that can be reached, nearest first. */
function distancesFrom(tree: readonly TreePlace[], id: string, direction: 'down' | 'both'): Map<string, number> {
  const children = childrenOf(tree);
  const parents = new Map(tree.map((node) => [node.id, node.parent_image_id]));
  const distances = new Map([[id, 0]]);
  // a map that grows while it is walked is walked to its end
  for (const [at, distance] of distances) {
    const parent = direction === 'both' ? (parents.get(at) ?? null) : null;
    const reached = (children.get(at) ?? []).map((child) => child.id);
    for (const next of parent === null ? reached : [parent, ...reached]) {
      if (!distances.has(next)) {
        distances.set(next, distance + 1);
      }
    }
  }
  return distances;
}

/** The children of each picture, oldest first. */
function childrenOf<T extends TreePlace>(tree: readonly T[]): Map<string | null, T[]> {
  const children = new Map<string | null, T[]>();
  for (const node of tree) {
    const siblings = children.get(node.parent_image_id);
    if (siblings) {
      siblings.push(node);
    } else {
      children.set(node.parent_image_id, [node]);
    }
  }
  for (const siblings of children.values()) {
    siblings.sort(oldestFirst);
  }
  return children;
}
