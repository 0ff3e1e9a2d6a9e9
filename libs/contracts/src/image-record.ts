import { z } from 'zod';
import { Asset, ImageId, ImageOptions, ImageType, UserId } from './image';
import { GenerationFacts } from './image-generated';

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
});
export type ImageRecord = z.infer<typeof ImageRecord>;
