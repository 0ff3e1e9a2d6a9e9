import { z } from 'zod';
import { ImageId, UserId } from './image';

export const Stage = z.enum(['gateway', 'generation', 'media', 'catalog']);
export type Stage = z.infer<typeof Stage>;

/** A stage gave the job up; no picture will come of it. */
export const ImageFailed = z.object({
  image_id: ImageId,
  user_id: UserId,
  request_id: z.string(),
  /** how often the job had been begun anew before it failed this time */
  reopened: z.int().nonnegative().default(0),
  stage: Stage,
  code: z.string(),
  /** a sentence for the person who asked */
  message: z.string(),
  /** true when the model's safety rules said no */
  refused: z.boolean(),
  failed_at: z.iso.datetime(),
});
export type ImageFailed = z.infer<typeof ImageFailed>;
