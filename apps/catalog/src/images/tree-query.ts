import { Types, type Model } from 'mongoose';
import type { OwnedTree } from './image.repository';
import type { ImageDocument } from './image.schema';

// Pictures are divided by their places in the log. Those of a chain that was made step by step are four apart, as a job has four events:
// an odd number divides them evenly, 2 or 64 would not.

/** Documents that a tree comes in at most. One holds 16 MB, all of them 272 MB: more than any answer has. */
const GROUPS = 17;

/** Parts of a whole tree that are asked for at once: a database works on each with another core. */
const PARTS = 3;

/** What a document has of some members, in their order. */
export type RowOf<M extends readonly (keyof ImageDocument)[]> = { [K in keyof M]: ImageDocument[M[K]] };

/** Some pictures of a tree. */
interface RowsOfGroup<M extends readonly (keyof ImageDocument)[]> {
  rows: RowOf<M>[];
}

/** Members of a tree's documents, or of those with certain ids; in any order. */
export async function treeQuery<const M extends readonly (keyof ImageDocument)[]>(
  images: Model<ImageDocument>,
  tree: OwnedTree,
  members: M,
  ids?: readonly string[],
): Promise<RowOf<M>[]> {
  return rowsOf(images, tree, members, ids && { _id: { $in: ids.map((id) => new Types.ObjectId(id)) } });
}

/** Members of all of a tree's documents, in any order; for trees of thousands. */
export async function wholeTreeQuery<const M extends readonly (keyof ImageDocument)[]>(
  images: Model<ImageDocument>,
  tree: OwnedTree,
  members: M,
): Promise<RowOf<M>[]> {
  const parts = Array.from({ length: PARTS }, (_, part) => rowsOf(images, tree, members, { ornament_id: { $mod: [PARTS, part] } }));
  return (await Promise.all(parts)).flat();
}

/** MongoDB puts many pictures into a document: one for each takes twice as long. Not sorted: DocumentDB would, and take twice as long. */
async function rowsOf<const M extends readonly (keyof ImageDocument)[]>(
  images: Model<ImageDocument>,
  { root_image_id, user_id }: OwnedTree,
  members: M,
  further: object = {},
): Promise<RowOf<M>[]> {
  const groups = await images.aggregate<RowsOfGroup<M>>([
    // the user decides on the shard
    { $match: { root_image_id: new Types.ObjectId(root_image_id), user_id, ...further } },
    { $group: { _id: { $mod: ['$ornament_id', GROUPS] }, rows: { $push: members.map((member) => `$${member}`) } } },
  ]);
  return groups.flatMap(({ rows }) => rows);
}
