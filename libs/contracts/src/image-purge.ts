import { z } from 'zod';
import { Asset, ImageId, ImageType, UserId } from './image';

// the end of a picture: marked, destroyed, and at last forgotten by the log but for its place in the tree

const purge = {
  image_id: ImageId,
  user_id: UserId,
  request_id: z.string(),
  /** of the purge: one that its owner asks for, or one for each deletion whose time is over */
  change_id: z.string().min(1).max(64),
  /** with all of its owner's data: what the log says of it goes at the end of that, for all pictures at once */
  of_account: z.literal(true).optional(),
};

/** A picture is to be destroyed for good. There is no way back from here. */
export const ImagePurging = z.object({
  ...purge,
  purging_at: z.iso.datetime(),
  /**
   * Position in the log of the deletion whose time is over: where the picture was restored between that and this, nothing happens to
   * it. Absent when its owner has asked for the purge, which is then no matter of deletions.
   */
  deletion: z.int().nonnegative().optional(),
});
export type ImagePurging = z.infer<typeof ImagePurging>;

/** What stays of a picture for the tree's sake: no words, no addresses, no names. */
export const Tombstone = z.object({
  image_id: ImageId,
  user_id: UserId,
  type: ImageType,
  parent_image_id: ImageId.nullable(),
  root_image_id: ImageId,
  depth: z.int().nonnegative(),
  ornament_id: z.int().positive(),
  created_at: z.iso.datetime(),
  purged_at: z.iso.datetime(),
});
export type Tombstone = z.infer<typeof Tombstone>;

/** What of a picture lies in stores. Uploads are there for the whole tree, and go with its last picture. */
export const ImagePurgePlanned = z.object({ ...purge, tombstone: Tombstone, assets: z.array(Asset.omit({ role: true })) });
export type ImagePurgePlanned = z.infer<typeof ImagePurgePlanned>;

/** Nothing of a picture is left in any store. What the log still says of it is deleted next, or with its account, all but this. */
export const ImagePurged = z.object({ ...purge, tombstone: Tombstone });
export type ImagePurged = z.infer<typeof ImagePurged>;

/** The receipt of a picture's purge: one for each picture, however it comes about. */
export const purgeReceiptId = (imageId: string): string => `purge-${imageId}`;

/**
 * What was destroyed for somebody, for as long as receipts are kept. Each thing is entered before it goes, so the list is true once
 * `state` is `done`.
 */
export const Receipt = z.object({
  id: z.string(),
  user_id: UserId,
  image_id: ImageId,
  state: z.enum(['under_way', 'done']),
  destroyed: z.object({
    /** paths at the asset store */
    assets: z.array(z.string()),
    /** names in the object store of pictures in flight */
    blobs: z.array(z.string()),
    /** positions in the event log */
    events: z.array(z.int()),
    /** positions in the stream of dead letters */
    dead_letters: z.array(z.int()),
  }),
  created_at: z.iso.datetime(),
  finished_at: z.iso.datetime().nullable(),
});
export type Receipt = z.infer<typeof Receipt>;
