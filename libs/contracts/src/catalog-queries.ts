import { z } from 'zod';
import { ImageId, ImageType, UserId } from './image';
import { ImageRecord } from './image-record';

/** Asks for one picture; the catalog answers `not_owner` or `image_not_found` as errors. */
export const ImageQuery = z.object({ image_id: ImageId, user_id: UserId });

export const ListQuery = z.object({
  user_id: UserId,
  type: ImageType.optional(),
  page: z.int().min(1),
  limit: z.int().min(1).max(100),
});
export type ListQuery = z.infer<typeof ListQuery>;

export const ImagePage = z.object({ images: z.array(ImageRecord), total: z.int().nonnegative() });
export type ImagePage = z.infer<typeof ImagePage>;
