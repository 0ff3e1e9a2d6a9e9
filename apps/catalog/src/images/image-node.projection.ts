import type { ImageNode, ImageRecord } from '@facet/contracts';

/** What a node is made of. MongoDB is asked for these alone. */
export type NodeFacts = Pick<
  ImageRecord,
  | 'id'
  | 'type'
  | 'parent_image_id'
  | 'root_image_id'
  | 'depth'
  | 'instruction'
  | 'generated_image_url'
  | 'created_at'
  | 'starred'
  | 'title'
  | 'deleted_at'
>;

/** A picture as a member of its tree. Of a deleted one nothing is told but its place. */
export function nodeOf(facts: NodeFacts): ImageNode {
  const { id, type, parent_image_id, root_image_id, depth, created_at } = facts;
  const place = { id, type, parent_image_id, root_image_id, depth, created_at };
  if (facts.deleted_at !== null) {
    return { ...place, instruction: null, generated_image_url: null, starred: false, title: null, deleted: true };
  }
  const { instruction, generated_image_url, starred, title } = facts;
  return { ...place, instruction, generated_image_url, starred, title, deleted: false };
}
