import { Types, type Model } from 'mongoose';
import type { OwnedTree } from './image.repository';
import type { ImageDocument } from './image.schema';

/** Documents that a tree comes in at most. One holds 16 MB, all of them a gigabyte: more than any answer has. */
const GROUPS = 64;

/** Some pictures of a tree, each of them the values of the members that were asked for. */
interface RowsOfGroup {
  rows: unknown[][];
}

/**
 * Members of a tree's documents, or of those with certain ids; in any order. MongoDB puts many pictures into a document: one for
 * each takes twice as long. Not sorted: DocumentDB would, and take twice as long.
 */
export async function treeQuery<M extends keyof ImageDocument>(
  images: Model<ImageDocument>,
  { root_image_id, user_id }: OwnedTree,
  members: readonly M[],
  ids?: readonly string[],
): Promise<Pick<ImageDocument, M>[]> {
  const named = ids && { _id: { $in: ids.map((id) => new Types.ObjectId(id)) } };
  const groups = await images.aggregate<RowsOfGroup>([
    // the user decides on the shard
    { $match: { root_image_id: new Types.ObjectId(root_image_id), user_id, ...named } },
    { $group: { _id: { $mod: ['$ornament_id', GROUPS] }, rows: { $push: members.map((member) => `$${member}`) } } },
  ]);
  return groups.flatMap(({ rows }) => rows.map((row) => documentOfRow(members, row)));
}

/** Written member by member, as `Object.fromEntries` takes ten times as long. */
function documentOfRow<M extends keyof ImageDocument>(members: readonly M[], row: readonly unknown[]): Pick<ImageDocument, M> {
  const document: Partial<Record<M, unknown>> = {};
  members.forEach((member, n) => {
    document[member] = row[n];
  });
  return document as Pick<ImageDocument, M>;
}
