import { randomUUID } from 'node:crypto';
import type { ImageChanged, ImageDeleted, ImageRestored } from '@facet/contracts';

/** The picture that an event is about: a record, or the event that made one. */
type Picture = { image_id: string; user_id: string } | { id: string; user_id: string };

const wishOf = (picture: Picture) => ({
  image_id: 'image_id' in picture ? picture.image_id : picture.id,
  user_id: picture.user_id,
  request_id: 'request-1',
  change_id: randomUUID(),
});

/** A valid event of keeping: its owner has changed a picture. */
export const anImageChanged = (picture: Picture, changes: ImageChanged['changes'] = { starred: true }): ImageChanged => ({
  ...wishOf(picture),
  changes,
  changed_at: '2026-11-24T10:00:00.000Z',
});

/** A valid event of keeping: a picture was deleted. */
export const anImageDeleted = (picture: Picture): ImageDeleted => ({ ...wishOf(picture), deleted_at: '2026-11-24T10:00:00.000Z' });

/** A valid event of keeping: a picture was restored. */
export const anImageRestored = (picture: Picture): ImageRestored => ({ ...wishOf(picture), restored_at: '2026-11-25T10:00:00.000Z' });
