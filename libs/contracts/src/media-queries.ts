import { z } from 'zod';
import { BlobRef, ImageId, UserId } from './image';

/** Asks media to make a raw upload safe: decode, orient, drop metadata, write anew, delete the raw blob. */
export const IngestRequest = z.object({
  /** name of the blob as it was uploaded */
  raw: z.string().min(1),
  /** name of the blob to be written */
  safe: z.string().min(1),
});
export type IngestRequest = z.infer<typeof IngestRequest>;

export const IngestResponse = z.object({ blob: BlobRef });

/** Asks media for the bytes of a finished picture, as a blob. */
export const FetchRequest = z.object({
  image_id: ImageId,
  user_id: UserId,
  generated_image_url: z.string(),
  generated_image_path: z.string(),
});
export type FetchRequest = z.infer<typeof FetchRequest>;

export const FetchResponse = z.object({ blob: BlobRef });
