import type { ImageChanges, ImageRecord } from '@facet/contracts';

/** What owners make of a picture. */
export type Keeping = Pick<ImageRecord, 'starred' | 'title' | 'tags' | 'deleted_at' | 'purged_at' | 'applied'>;

/**
 * A picture after an event of keeping. Of each member the highest sequence counts, so that the outcome is the same in
 * whatever order events come, and however often. Nothing changes a picture that is being purged any more. The same object when nothing changes.
 *
 * @param sequence position of the event in the log
 */
export function withChanges<T extends Keeping>(picture: T, changes: ImageChanges, sequence: number): T {
  if (picture.purged_at !== null) {
    return picture;
  }
  const { starred, title, tags } = changes;
  const newer = {
    ...(starred !== undefined && picture.applied.starred < sequence && { starred }),
    ...(title !== undefined && picture.applied.title < sequence && { title }),
    ...(tags !== undefined && picture.applied.tags < sequence && { tags }),
  };
  const applied = Object.fromEntries(Object.keys(newer).map((member) => [member, sequence]));
  return Object.keys(newer).length === 0 ? picture : { ...picture, ...newer, applied: { ...picture.applied, ...applied } };
}

/** As `withChanges`. @param deletedAt since when it is deleted; `null`: it is there again */
export function withDeletion<T extends Keeping>(picture: T, deletedAt: string | null, sequence: number): T {
  return picture.purged_at !== null || picture.applied.deletion >= sequence
    ? picture
    : { ...picture, deleted_at: deletedAt, applied: { ...picture.applied, deletion: sequence } };
}

/**
 * Whether a picture was restored before the purge that the end of its deletion's time has brought about. To be asked when all earlier
 * events have applied.
 *
 * @param deletion position in the log of the deletion that is meant; absent: the purge is no matter of deletions
 */
export const isRestoredBefore = ({ applied, purged_at }: Keeping, { deletion }: { deletion?: number | undefined }): boolean =>
  deletion !== undefined && purged_at === null && applied.deletion !== deletion;

/** A picture of which nobody is to see anything any more. It stays so. @param at since when */
export const withPurging = <T extends Keeping>(picture: T, at: string): T =>
  picture.purged_at !== null ? picture : { ...picture, deleted_at: at, purged_at: at };
