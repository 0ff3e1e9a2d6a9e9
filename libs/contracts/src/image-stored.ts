import { z } from 'zod';
import { Asset } from './image';
import { ImageGenerated } from './image-generated';

/** The picture and its uploads are in the asset store for good. The catalog is made of these events. */
export const ImageStored = ImageGenerated.extend({
  generated_image_url: z.string().min(1),
  generated_image_path: z.string().min(1),
  /** the uploads; those of the parent for a regeneration */
  assets: z.array(Asset),
});
export type ImageStored = z.infer<typeof ImageStored>;
