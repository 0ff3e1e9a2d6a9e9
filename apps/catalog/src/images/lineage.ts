import type { ImageRecord } from '@facet/contracts';
import { oldestFirst } from './image-order';

/** What lineage is made of. */
type Node = Pick<ImageRecord, 'id' | 'parent_image_id' | 'created_at'>;

/**
 * All descendants of a picture, depth-first, siblings oldest first: each regeneration followed by its own. Walks
 * without recursion, as a chain may be ten thousand long.
 *
 * @param tree the records of the picture's tree, in any order
 */
export function descendantsOf<T extends Node>(tree: readonly T[], id: string): T[] {
  const children = childrenOf(tree);
  const descendants: T[] = [];
  const waiting = [...(children.get(id) ?? [])].reverse();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    descendants.push(next);
    waiting.push(...[...(children.get(next.id) ?? [])].reverse());
  }
  return descendants;
}

/** The way from the first picture to this one, both included; empty when the tree does not hold it. */
export function pathTo<T extends Node>(tree: readonly T[], id: string): T[] {
  const byId = new Map(tree.map((record) => [record.id, record]));
  const path: T[] = [];
  for (let at = byId.get(id); at; at = at.parent_image_id === null ? undefined : byId.get(at.parent_image_id)) {
    path.push(at);
  }
  return path.reverse();
}

function childrenOf<T extends Node>(tree: readonly T[]): Map<string | null, T[]> {
  const children = new Map<string | null, T[]>();
  for (const record of [...tree].sort(oldestFirst)) {
    const siblings = children.get(record.parent_image_id);
    if (siblings) {
      siblings.push(record);
    } else {
      children.set(record.parent_image_id, [record]);
    }
  }
  return children;
}
