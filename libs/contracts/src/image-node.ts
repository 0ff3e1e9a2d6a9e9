import { z } from 'zod';
import { ImageId, ImageType } from './image';

/**
 * A picture as a member of its tree: little enough that thousands of them fit into an answer. The whole prompt is left out,
 * as it grows from step to step.
 */
export const ImageNode = z.object({
  id: ImageId,
  type: ImageType,
  parent_image_id: ImageId.nullable(),
  root_image_id: ImageId,
  /** regenerations between the first picture and this one */
  depth: z.int().nonnegative(),
  /** this step's own words; `null` for a deleted picture */
  instruction: z.string().nullable(),
  /** `null` for a deleted picture */
  generated_image_url: z.string().nullable(),
  created_at: z.iso.datetime(),
  starred: z.boolean(),
  /** `null` without one, and for a deleted picture */
  title: z.string().nullable(),
  /** it is there for the tree's sake alone */
  deleted: z.boolean(),
});
export type ImageNode = z.infer<typeof ImageNode>;
