import type { ImageNode, ImagePage, ImageRecord, ListQuery } from '@facet/contracts';
import type { ReadinessFacts } from '@facet/platform';

/**
 * Port: the catalog's memory of finished pictures. Adapters: in memory, replayed from the log at start; MongoDB.
 *
 * Errors: `unavailable` (retryable) when the memory cannot be reached.
 */
export abstract class ImageRepository {
  /** Remembers a picture. One that is known already is left as it is. */
  abstract insert(record: ImageRecord): Promise<'inserted' | 'duplicate'>;

  /** The picture, whoever owns it; `null` when there is none. */
  abstract findById(id: string): Promise<ImageRecord | null>;

  /** A page of a user's pictures, newest first, those of the same moment by id, with the total of all pages. */
  abstract list(query: ListQuery): Promise<ImagePage>;

  /** All pictures that go back to one first picture, that one included, oldest first: little of each, deleted ones too. */
  abstract findTree(rootImageId: string): Promise<ImageNode[]>;

  /** Highest stream sequence among the remembered pictures: what came after it is to be replayed. 0 when empty. */
  abstract lastSequence(): Promise<number>;

  /** Rejects when the memory cannot be reached. */
  abstract check(): Promise<ReadinessFacts>;
}
