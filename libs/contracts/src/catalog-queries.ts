import { z } from 'zod';
import { ImageId, ImageType, UserId } from './image';
import { PublicBase } from './shown-image';

/** Asks for one picture; the catalog answers `not_owner` or `image_not_found` as errors. */
export const ImageQuery = z.object({ image_id: ImageId, user_id: UserId });

/** An instant to the millisecond in UTC, such as `2026-11-23T10:00:00.000Z`: instants of one precision sort as text. */
const Instant = z.iso.datetime({ precision: 3 });

/** A place in the order of pictures: that of a picture which was shown, and may be gone by now. */
export const ListPosition = z.object({ created_at: Instant, id: ImageId });
export type ListPosition = z.infer<typeof ListPosition>;

export const SortOrder = z.enum(['newest', 'oldest']);
export type SortOrder = z.infer<typeof SortOrder>;

/** Which of a user's pictures are asked for: those that all of this is true of. */
export const ListFilters = z.object({
  type: ImageType.optional(),
  /** all that go back to this first picture, that one included */
  root: ImageId.optional(),
  /** made from this picture directly */
  parent: ImageId.optional(),
  depth: z.int().nonnegative().optional(),
  provider: z.string().min(1).max(50).optional(),
  /** from this instant on */
  created_after: Instant.optional(),
  /** until before this instant */
  created_before: Instant.optional(),
  starred: z.boolean().optional(),
  /** every word of it is a word of the picture's prompts, whatever the case and accents */
  q: z.string().min(1).max(200).optional(),
});
export type ListFilters = z.infer<typeof ListFilters>;

/** Asks for pictures that are not deleted. Pages are counted (`page`, the first if absent), or go on `after` a picture. */
export const ListQuery = ListFilters.extend({
  user_id: UserId,
  /** newest first if absent; pictures of the same moment by id */
  sort: SortOrder.optional(),
  page: z.int().min(1).optional(),
  after: ListPosition.optional(),
  limit: z.int().min(1).max(100),
}).refine(({ page, after }) => page === undefined || after === undefined, 'A page is either counted or comes after a picture.');
export type ListQuery = z.infer<typeof ListQuery>;

/** Asks for pictures as clients get them. */
export const ShownListQuery = ListQuery.safeExtend({ public_url: PublicBase });
export type ShownListQuery = z.infer<typeof ShownListQuery>;

/** Asks for pictures, of one user or of all, that were deleted before a moment and are not being purged; those deleted longest ago first. */
export const ExpiredQuery = z.object({
  user_id: UserId.optional(),
  deleted_before: Instant,
  after: z.object({ deleted_at: Instant, id: ImageId }).optional(),
  limit: z.int().min(1).max(1_000),
});
export type ExpiredQuery = z.infer<typeof ExpiredQuery>;

/** A deleted picture, whose it is, and the position in the log of what deleted it. */
export const ExpiredImage = z.object({ id: ImageId, user_id: UserId, deleted_at: Instant, deletion: z.int().nonnegative() });
export type ExpiredImage = z.infer<typeof ExpiredImage>;

export const ExpiredImages = z.object({ images: z.array(ExpiredImage) });

/**
 * Has the catalog forget that there was a user, all of whose pictures are purged. The log is gone through for what it says of them,
 * some thousand messages at a time, from a position on.
 */
export const ForgetUserRequest = z.object({ user_id: UserId, from: z.int().positive() });
export type ForgetUserRequest = z.infer<typeof ForgetUserRequest>;

export const ForgetUserResponse = z.object({
  /** whether nothing is left; not while there is a picture of theirs that is not purged */
  forgotten: z.boolean(),
  /** how many were erased this time */
  events: z.int().nonnegative(),
  dead_letters: z.int().nonnegative(),
  /** where to go on in the log; `null` at its end, and where nothing was done because a picture is not purged yet */
  next: z.int().positive().nullable(),
});
export type ForgetUserResponse = z.infer<typeof ForgetUserResponse>;

/** What there is to know of a page beside its pictures. */
export const PageFacts = z.object({
  /** pictures on all pages together; `null` where more than the type is asked for, as only these are counted */
  total: z.int().nonnegative().nullable(),
  /** whether pictures follow */
  has_more: z.boolean(),
  /** place of the page's last picture; `null` of an empty page */
  last: ListPosition.nullable(),
});
export type PageFacts = z.infer<typeof PageFacts>;
