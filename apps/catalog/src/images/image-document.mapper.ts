import type { ImageRecord } from '@facet/contracts';
import { Types } from 'mongoose';
import type { ImageDocument } from './image.schema';

/** A record as MongoDB keeps it. */
export function documentOf({ id, parent_image_id, root_image_id, created_at, deleted_at, ...same }: ImageRecord): ImageDocument {
  return {
    ...same,
    _id: new Types.ObjectId(id),
    parent_image_id: parent_image_id === null ? null : new Types.ObjectId(parent_image_id),
    root_image_id: new Types.ObjectId(root_image_id),
    created_at: new Date(created_at),
    deleted_at: deleted_at === null ? null : new Date(deleted_at),
  };
}

/** A document as everybody else knows it. */
export function recordOfDocument({ _id, parent_image_id, root_image_id, created_at, deleted_at, ...same }: ImageDocument): ImageRecord {
  return {
    ...same,
    id: _id.toHexString(),
    parent_image_id: parent_image_id?.toHexString() ?? null,
    root_image_id: root_image_id.toHexString(),
    created_at: created_at.toISOString(),
    deleted_at: deleted_at?.toISOString() ?? null,
  };
}
