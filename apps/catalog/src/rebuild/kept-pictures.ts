import { untouched, type ImageRecord } from '@facet/contracts';
import { withChanges, withDeletion, type Keeping } from '../images/keeping.projection';
import type { ReadableEvent } from '../replay/catalog-events';

/** What owners made of their pictures, out of the events alone: the pictures themselves are not needed for it. */
export class KeptPictures {
  private readonly keepings = new Map<string, Keeping>();

  add({ name, payload, sequence }: ReadableEvent): void {
    const key = keyOf(payload.image_id, payload.user_id);
    const known = this.keepings.get(key) ?? untouched();
    switch (name) {
      case 'image.stored':
        return;
      case 'image.changed':
        this.keepings.set(key, withChanges(known, payload.changes, sequence));
        return;
      case 'image.deleted':
        this.keepings.set(key, withDeletion(known, new Date(payload.deleted_at).toISOString(), sequence));
        return;
      case 'image.restored':
        this.keepings.set(key, withDeletion(known, null, sequence));
        return;
    }
  }

  /** The record of a picture that was just stored, as its owner has made it. */
  apply(record: ImageRecord): ImageRecord {
    return { ...record, ...this.keepings.get(keyOf(record.id, record.user_id)) };
  }
}

const keyOf = (imageId: string, userId: string): string => `${imageId} ${userId}`;
