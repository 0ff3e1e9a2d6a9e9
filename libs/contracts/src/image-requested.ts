import { z } from 'zod';
import { ImageId, ImageInput, ImageOptions, ImageType, ParentImage, UserId } from './image';

/** A client asked for a picture, its uploads are safe in the object store, and its job exists. */
export const ImageRequested = z.object({
  image_id: ImageId,
  user_id: UserId,
  request_id: z.string(),
  type: ImageType,
  /** the whole prompt, all steps of the chain included */
  prompt: z.string(),
  /** the first generation's prompt; never changes down the chain */
  original_prompt: z.string(),
  /** this step's own words, possibly none */
  instruction: z.string(),
  parent: ParentImage.nullable(),
  inputs: z.array(ImageInput),
  options: ImageOptions,
  /** how often the job was begun anew when it came to this event: each time all that follows are other events. Absent in early ones */
  reopened: z.int().nonnegative().default(0),
  requested_at: z.iso.datetime(),
});
export type ImageRequested = z.infer<typeof ImageRequested>;
