import type { ListQuery } from '@facet/contracts';

/** An index of the collection of pictures. */
interface ImageIndex {
  name: string;
  key: Record<string, 1 | -1>;
  /** which pictures it holds; all if absent */
  partialFilterExpression?: Record<string, boolean>;
}

// whose pictures, and those that are not deleted; then what is asked for; then the order
const ORDER = { created_at: -1, _id: -1 } as const;
const list = (name: string, leading: ImageIndex['key'], trailing: ImageIndex['key'] = {}): ImageIndex => ({
  name,
  key: { user_id: 1, listed: 1, ...leading, ...ORDER, ...trailing },
});

// What trails behind the order is for a second filter: it is looked at in the index, before a document is fetched.
const BY_TIME = list('list_by_time', {});
const BY_TYPE = list('list_by_type', { type: 1 }, { starred: 1 });
const BY_DEPTH = list('list_by_depth', { depth: 1 }, { type: 1, starred: 1 });
const BY_PROVIDER = list('list_by_provider', { 'generation.provider': 1 }, { type: 1, depth: 1, starred: 1 });
const BY_STAR = list('list_by_star', { starred: 1 }, { type: 1, depth: 1, 'generation.provider': 1 });
const BY_WORD = list('list_by_word', { words: 1 }, { type: 1, depth: 1, 'generation.provider': 1, starred: 1 });
const BY_ROOT = list('list_by_root', { root_image_id: 1 }, { type: 1, depth: 1, 'generation.provider': 1, starred: 1 });
const BY_PARENT = list(
  'list_by_parent',
  { parent_image_id: 1 },
  { root_image_id: 1, type: 1, depth: 1, 'generation.provider': 1, starred: 1 },
);

const BY_EXPIRY = {
  name: 'deleted_and_not_purged',
  // as equality comes first, tombstones, of which there are more and more, are passed over
  key: { purged_at: 1, deleted_at: 1, _id: 1 },
  // nothing is written to it for a picture that is there
  partialFilterExpression: { listed: false },
} as const satisfies ImageIndex;

/**
 * Every index of the collection as it is to be. Migrations bring a database there, and a test holds them to it: who changes
 * this writes a migration.
 */
export const imageIndexes: readonly ImageIndex[] = [
  BY_TIME,
  BY_TYPE,
  BY_DEPTH,
  BY_PROVIDER,
  BY_STAR,
  BY_WORD,
  BY_ROOT,
  BY_PARENT,
  // a tree, its deleted pictures included
  { name: 'root_image_id_1_created_at_1__id_1', key: { root_image_id: 1, created_at: 1, _id: 1 } },
  // where a replay goes on
  { name: 'ornament_id_-1', key: { ornament_id: -1 } },
  BY_EXPIRY,
];

/** Name of the index by which pictures are counted. */
export const COUNTING_INDEX = BY_TYPE.name;

/** Name of the index by which those are found that can no longer be restored. */
export const EXPIRY_INDEX = BY_EXPIRY.name;

/** Finds a user's pictures without their tombstones. */
export const PROVIDER_INDEX = BY_PROVIDER.name;

/** Name of the index that serves a list: it begins with the filter that leaves the fewest pictures, as a rule. */
export function listIndexOf({ parent, root, q, starred, provider, depth, type }: ListQuery): string {
  const [first = BY_TIME] = [
    parent !== undefined && BY_PARENT,
    root !== undefined && BY_ROOT,
    q !== undefined && BY_WORD,
    starred === true && BY_STAR,
    provider !== undefined && BY_PROVIDER,
    depth !== undefined && BY_DEPTH,
    type !== undefined && BY_TYPE,
    // most pictures have no star
    starred === false && BY_STAR,
  ].filter((index) => index !== false);
  return first.name;
}
