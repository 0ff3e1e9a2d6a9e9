import type { ImageNode, ImageRecord, ListedImage } from '@facet/contracts';
import { Types } from 'mongoose';
import { nodeAt } from './image-node.projection';
import type { TreePlace } from './image.repository';
import type { ImageDocument } from './image.schema';
import { listedAt } from './listed-image.projection';
import { promptWords } from './prompt-words';
import type { RowOf } from './tree-query';

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

/** The members of a document that tell where its picture stands in its tree. */
export const PLACE_MEMBERS = ['_id', 'parent_image_id', 'created_at'] as const satisfies (keyof ImageDocument)[];

type PlaceDocument = Pick<ImageDocument, (typeof PLACE_MEMBERS)[number]>;

const placeOfDocument = ({ _id, parent_image_id, created_at }: PlaceDocument): TreePlace => ({
  id: _id.toHexString(),
  parent_image_id: parent_image_id?.toHexString() ?? null,
  created_at: created_at.toISOString(),
});

export const placeOfRow = ([_id, parent_image_id, created_at]: RowOf<typeof PLACE_MEMBERS>): TreePlace =>
  placeOfDocument({ _id, parent_image_id, created_at });

/** A document as everybody else knows it. */
export function recordOfDocument(document: ImageDocument): ImageRecord {
  const { _id, deleted_at, purged_at, listed: _listed, words: _words, ...same } = document;
  return {
    ...same,
    ...placeOfDocument(document),
    root_image_id: document.root_image_id.toHexString(),
    deleted_at: deleted_at?.toISOString() ?? null,
    purged_at: purged_at?.toISOString() ?? null,
  };
}

/** The members of a document that a node is made of, beside its tree. */
export const NODE_MEMBERS = [
  ...PLACE_MEMBERS,
  'type',
  'depth',
  'instruction',
  'generated_image_url',
  'starred',
  'title',
  'deleted_at',
] as const satisfies (keyof ImageDocument)[];

/** Of a row, as a document with these members would have to be made of it first: there may be ten thousand. */
export function nodeOfRow(
  [_id, parent_image_id, created_at, type, depth, instruction, generated_image_url, starred, title, deleted_at]: RowOf<typeof NODE_MEMBERS>,
  root_image_id: string,
): ImageNode {
  const { id, parent_image_id: parent, created_at: at } = placeOfDocument({ _id, parent_image_id, created_at });
  const facts = { type, depth, instruction, generated_image_url, starred, title, deleted_at };
  return nodeAt({ id, parent_image_id: parent, root_image_id, created_at: at }, facts);
}

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

export const listedOfDocument = (document: ListedDocument): ListedImage =>
  listedAt({ ...placeOfDocument(document), root_image_id: document.root_image_id.toHexString() }, document);
