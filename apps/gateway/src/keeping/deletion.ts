import type { ImageRecord } from '@facet/contracts';
import { FacetError } from '@facet/platform';

/** What is said of a picture that nobody can restore any more. */
export const gone = (): FacetError => new FacetError('image_gone', 'This picture is gone for good.');

/**
 * Of a picture that something is to be made of.
 *
 * @throws FacetError `image_deleted` when it has to be restored first, `image_gone` when it was purged
 */
export function assertNotDeleted({ deleted_at, purged_at }: Pick<ImageRecord, 'deleted_at' | 'purged_at'>): void {
  if (purged_at !== null) {
    throw gone();
  }
  if (deleted_at !== null) {
    throw new FacetError('image_deleted', 'This picture is deleted: restore it first.');
  }
}
