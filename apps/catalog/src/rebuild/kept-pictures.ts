import { untouched, type ImageRecord } from '@facet/contracts';
import { isRestoredBefore, withChanges, withDeletion, withPurging, type Keeping } from '../images/keeping.projection';
import { recordOfTombstone } from '../images/tombstone.projection';
import type { ReadableEvent } from '../replay/catalog-events';

/** What owners made of their pictures, out of the events alone: the pictures themselves are not needed for it. */
export class KeptPictures {
  private readonly keepings = new Map<string, Keeping>();
  private readonly tombstones = new Map<string, ImageRecord>();

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
      case 'image.purging':
        if (!isRestoredBefore(known, payload)) {
          this.keepings.set(key, withPurging(known, new Date(payload.purging_at).toISOString()));
        }
        return;
      case 'image.purged':
        this.tombstones.set(payload.image_id, recordOfTombstone(payload.tombstone));
        return;
    }
  }

  /** What is left of pictures that were purged: the log may say nothing else of them. */
  purged(): ImageRecord[] {
    return [...this.tombstones.values()];
  }

  /** The record of a picture that was just stored, as its owner has made it. */
  apply(record: ImageRecord): ImageRecord {
    return this.tombstones.get(record.id) ?? { ...record, ...this.keepings.get(keyOf(record.id, record.user_id)) };
  }
}

const keyOf = (imageId: string, userId: string): string => `${imageId} ${userId}`;
