import type { ImageNode, ImageRecord, ListedImage } from '@facet/contracts';
import { Types } from 'mongoose';
import { nodeOf, type NodeFacts } from './image-node.projection';
import type { TreePlace } from './image.repository';
import type { ImageDocument } from './image.schema';
import { listedAssets } from './listed-image.projection';
import { promptWords } from './prompt-words';

/** A record as MongoDB keeps it. */
export function documentOf(record: ImageRecord): ImageDocument {
  const { id, parent_image_id, root_image_id, created_at, deleted_at, purged_at, ...same } = record;
  return {
    ...same,
    _id: new Types.ObjectId(id),
    parent_image_id: parent_image_id === null ? null : new Types.ObjectId(parent_image_id),
    root_image_id: new Types.ObjectId(root_image_id),
    created_at: new Date(created_at),
    deleted_at: deleted_at === null ? null : new Date(deleted_at),
    purged_at: purged_at === null ? null : new Date(purged_at),
    listed: deleted_at === null,
    words: promptWords(record),
  };
}

/** Where a document's picture stands, as everybody else knows it. */
const placeOf = ({
  _id,
  parent_image_id,
  root_image_id,
  created_at,
}: Pick<ImageDocument, '_id' | 'parent_image_id' | 'root_image_id' | 'created_at'>) => ({
  ...placeOfDocument({ _id, parent_image_id, created_at }),
  root_image_id: root_image_id.toHexString(),
});

/** A document as everybody else knows it. */
export function recordOfDocument(document: ImageDocument): ImageRecord {
  const { _id, deleted_at, purged_at, listed: _listed, words: _words, ...same } = document;
  return {
    ...same,
    ...placeOf(document),
    deleted_at: deleted_at?.toISOString() ?? null,
    purged_at: purged_at?.toISOString() ?? null,
  };
}

/** The members of a document that tell its place in a tree. */
export const PLACE_PROJECTION = { parent_image_id: 1, created_at: 1 } as const satisfies Record<Exclude<keyof TreePlace, 'id'>, 1>;

/** A document of those members alone. */
export type PlaceDocument = Pick<ImageDocument, '_id' | keyof typeof PLACE_PROJECTION>;

export const placeOfDocument = ({ _id, parent_image_id, created_at }: PlaceDocument): TreePlace => ({
  id: _id.toHexString(),
  parent_image_id: parent_image_id?.toHexString() ?? null,
  created_at: created_at.toISOString(),
});

/** The members of a document that a node is made of. */
export const NODE_PROJECTION = {
  type: 1,
  parent_image_id: 1,
  root_image_id: 1,
  depth: 1,
  instruction: 1,
  generated_image_url: 1,
  created_at: 1,
  starred: 1,
  title: 1,
  deleted_at: 1,
} as const satisfies Record<Exclude<keyof NodeFacts, 'id'>, 1>;

/** A document of those members alone. */
export type NodeDocument = Pick<ImageDocument, '_id' | keyof typeof NODE_PROJECTION>;

export const nodeOfDocument = (document: NodeDocument): ImageNode =>
  nodeOf({ ...document, ...placeOf(document), deleted_at: document.deleted_at?.toISOString() ?? null });

/** The members of a document that a list shows. No member of a member: MongoDB has a faster way where whole ones are asked for. */
export const LISTED_PROJECTION = {
  type: 1,
  prompt: 1,
  original_prompt: 1,
  parent_image_id: 1,
  root_image_id: 1,
  depth: 1,
  generated_image_url: 1,
  assets: 1,
  generation: 1,
  width: 1,
  height: 1,
  created_at: 1,
  starred: 1,
  title: 1,
  tags: 1,
} as const satisfies Record<Exclude<keyof ListedImage, 'id'>, 1>;

/** A document of those members alone. */
export type ListedDocument = Pick<ImageDocument, '_id' | keyof typeof LISTED_PROJECTION>;

/** As a list shows it. */
export const listedOfDocument = ({ _id, parent_image_id, root_image_id, created_at, assets, ...same }: ListedDocument): ListedImage =>
  // a page has a hundred of them at most, and a second copy of each is what costs most here
  Object.assign(same, placeOf({ _id, parent_image_id, root_image_id, created_at }), { assets: listedAssets(assets) });
