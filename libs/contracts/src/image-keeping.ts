import { z } from 'zod';
import { ImageId, UserId } from './image';

// what owners do with finished pictures: events of keeping. There may be any number of each for one picture

/** Whose wish it is, and about which picture. */
const wish = {
  image_id: ImageId,
  user_id: UserId,
  request_id: z.string(),
  /** its own for every change, so that each of them is on the log; the same for a repeat with the same idempotency key */
  change_id: z.string().min(1).max(64),
};

/** What is to be different; what is absent stays. */
export const ImageChanges = z.object({
  starred: z.boolean().optional(),
  title: z.string().nullable().optional(),
  tags: z.array(z.string()).optional(),
});
export type ImageChanges = z.infer<typeof ImageChanges>;

/** Its owner has made something else of a picture: of each member, the event with the highest sequence counts. */
export const ImageChanged = z.object({ ...wish, changes: ImageChanges, changed_at: z.iso.datetime() });
export type ImageChanged = z.infer<typeof ImageChanged>;

/** A picture is not to be seen any more. Its place in the tree stays, and it can be restored for some days. */
export const ImageDeleted = z.object({ ...wish, deleted_at: z.iso.datetime() });
export type ImageDeleted = z.infer<typeof ImageDeleted>;

/** A deleted picture is there again, as it was. */
export const ImageRestored = z.object({ ...wish, restored_at: z.iso.datetime() });
export type ImageRestored = z.infer<typeof ImageRestored>;
