import type { ImagePurging } from '@facet/contracts';
import type { ImageRepository } from '../images/image.repository';
import { isRestoredBefore } from '../images/keeping.projection';
import { recordOf } from '../images/image-record.projection';
import type { ReadableEvent } from './catalog-events';

/** Brings a catalog from before an event of the log to after it. Doing it again changes nothing. */
export async function applyEvent(images: ImageRepository, { name, payload, sequence, firstSequence }: ReadableEvent): Promise<void> {
  switch (name) {
    case 'image.stored':
      await images.insert(recordOf(payload, firstSequence));
      return;
    case 'image.changed':
      await images.applyChange(payload, payload.changes, sequence);
      return;
    case 'image.deleted':
      await images.applyDeletion(payload, instantOf(payload.deleted_at), sequence);
      return;
    case 'image.restored':
      await images.applyDeletion(payload, null, sequence);
      return;
    case 'image.purging':
      await applyPurging(images, payload);
      return;
    case 'image.purged':
      await images.applyPurged(payload.tombstone);
      return;
  }
}

/** A picture that is not there yet has nothing to be restored. */
async function applyPurging(images: ImageRepository, event: ImagePurging): Promise<void> {
  const record = await images.findById(event.image_id);
  if (!record || !isRestoredBefore(record, event)) {
    await images.applyPurging(event, instantOf(event.purging_at));
  }
}

// to the millisecond, as all instants of records
const instantOf = (text: string): string => new Date(text).toISOString();
