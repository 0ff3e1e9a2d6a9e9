import { z } from 'zod';
import { Asset, ImageId, ImageOptions, ImageType, UserId } from './image';
import { GenerationFacts } from './image-generated';

/**
 * Positions in the log of the events that last said something of a picture's keeping, each on its own: events may be handled
 * in another order than they were published, and the later one counts. 0: nothing was said yet.
 */
export const AppliedSequences = z.object({
  starred: z.int().nonnegative(),
  title: z.int().nonnegative(),
  tags: z.int().nonnegative(),
  deletion: z.int().nonnegative(),
});
export type AppliedSequences = z.infer<typeof AppliedSequences>;

/** What its owner has said of a finished picture. Absent in records of early versions. */
const keeping = {
  starred: z.boolean().default(false),
  title: z.string().nullable().default(null),
  tags: z.array(z.string()).default([]),
  /** since when it is deleted: its record stays, as others may come from it; `null` for one that is there */
  deleted_at: z.iso.datetime().nullable().default(null),
  /** since when it is being destroyed, or is; then it stays deleted, and in the end without words and addresses */
  purged_at: z.iso.datetime().nullable().default(null),
  applied: AppliedSequences.default({ starred: 0, title: 0, tags: 0, deletion: 0 }),
};

// made once: zod compiles each schema at its first use, which costs more than all else that is done with an event
const Keeping = z.object(keeping);

/** A finished picture as the catalog remembers it. */
export const ImageRecord = z.object({
  id: ImageId,
  user_id: UserId,
  type: ImageType,
  prompt: z.string(),
  original_prompt: z.string(),
  instruction: z.string(),
  parent_image_id: ImageId.nullable(),
  root_image_id: ImageId,
  depth: z.int().nonnegative(),
  /** stream sequence of its `image.stored` event: unique, growing, the same on replay */
  ornament_id: z.int().positive(),
  generated_image_url: z.string(),
  generated_image_path: z.string(),
  assets: z.array(Asset),
  options: ImageOptions,
  generation: GenerationFacts,
  /** px */
  width: z.int().positive(),
  /** px */
  height: z.int().positive(),
  created_at: z.iso.datetime(),
  ...keeping,
});
export type ImageRecord = z.infer<typeof ImageRecord>;

/** The keeping of a picture of which its owner has said nothing yet. */
export const untouched = (): Pick<ImageRecord, keyof typeof keeping> => Keeping.parse({});
