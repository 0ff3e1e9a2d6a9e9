import { Types, type Model } from 'mongoose';
import type { OwnedTree } from './image.repository';
import type { ImageDocument } from './image.schema';

/** Documents that a tree comes in at most. One holds 16 MB, all of them a gigabyte: more than any answer has. */
const GROUPS = 64;

/** What a document has of some members, in their order. */
export type RowOf<M extends readonly (keyof ImageDocument)[]> = { [K in keyof M]: ImageDocument[M[K]] };

/** Some pictures of a tree. */
interface RowsOfGroup<M extends readonly (keyof ImageDocument)[]> {
  rows: RowOf<M>[];
}

/**
 * Members of a tree's documents, or of those with certain ids; in any order. MongoDB puts many pictures into a document: one for
 * each takes twice as long. Not sorted: DocumentDB would, and take twice as long.
 */
export async function treeQuery<const M extends readonly (keyof ImageDocument)[]>(
  images: Model<ImageDocument>,
  { root_image_id, user_id }: OwnedTree,
  members: M,
  ids?: readonly string[],
): Promise<RowOf<M>[]> {
  const named = ids && { _id: { $in: ids.map((id) => new Types.ObjectId(id)) } };
  const groups = await images.aggregate<RowsOfGroup<M>>([
    // the user decides on the shard
    { $match: { root_image_id: new Types.ObjectId(root_image_id), user_id, ...named } },
    { $group: { _id: { $mod: ['$ornament_id', GROUPS] }, rows: { $push: members.map((member) => `$${member}`) } } },
  ]);
  return groups.flatMap(({ rows }) => rows);
}
