import type { ImageNode, ImageRecord } from '@facet/contracts';
import type { ImagePlace } from './image.repository';

/** What a node is made of beside its place. MongoDB is asked for these alone. */
export type NodeFacts = Pick<ImageRecord, 'type' | 'depth' | 'instruction' | 'generated_image_url' | 'starred' | 'title'> & {
  /** `null`: it is not deleted */
  deleted_at: unknown;
};

/** A picture as a member of its tree. */
export const nodeOf = (record: ImageRecord): ImageNode => nodeAt(record, record);

/** As `nodeOf`, member by member: there may be ten thousand. Of a deleted picture nothing is told but its place. */
export function nodeAt({ id, parent_image_id, root_image_id, created_at }: ImagePlace, facts: NodeFacts): ImageNode {
  const deleted = facts.deleted_at !== null;
  return {
    id,
    type: facts.type,
    parent_image_id,
    root_image_id,
    depth: facts.depth,
    instruction: deleted ? null : facts.instruction,
    generated_image_url: deleted ? null : facts.generated_image_url,
    created_at,
    starred: !deleted && facts.starred,
    title: deleted ? null : facts.title,
    deleted,
  };
}
