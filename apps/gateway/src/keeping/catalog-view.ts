import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { ImageRecord } from '@facet/contracts';
import { QueryClient } from '@facet/messaging';

/** How long a request waits for the catalog to show what it has asked for, in ms. */
const PATIENCE_MS = 5_000;

/** Pauses between two looks, in ms: an event takes a few. */
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 250;

/** What the catalog says of pictures to their owners. */
@Injectable()
export class CatalogView {
  constructor(private readonly queries: QueryClient) {}

  /** @throws FacetError `image_not_found`, `not_owner` */
  get(imageId: string, userId: string): Promise<ImageRecord> {
    return this.queries.ask('catalog.image.get', { image_id: imageId, user_id: userId });
  }

  /** The picture as soon as the catalog shows something, so that its owner reads what they wrote; `null` when it takes too long. */
  async once(imageId: string, userId: string, shows: (record: ImageRecord) => boolean): Promise<ImageRecord | null> {
    const deadline = Date.now() + PATIENCE_MS;
    for (let waitMs = FIRST_PAUSE_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_PAUSE_MS)) {
      const record = await this.get(imageId, userId);
      if (shows(record)) {
        return record;
      }
      if (Date.now() >= deadline) {
        return null;
      }
      await pause(waitMs);
    }
  }
}
