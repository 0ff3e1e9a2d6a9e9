import { z } from 'zod';

const Count = z.int().nonnegative();

/**
 * What of a user's data was destroyed. It names nobody, as its reader has no login any more: whoever has its id, which cannot be
 * guessed, may read it. What went of each picture is in the picture's own receipt.
 */
export const AccountReceipt = z.object({
  /** `account-` and a random UUID */
  id: z.string(),
  state: z.enum(['under_way', 'done']),
  destroyed: z.object({
    images: Count,
    assets: Count,
    blobs: Count,
    events: Count,
    dead_letters: Count,
  }),
  created_at: z.iso.datetime(),
  finished_at: z.iso.datetime().nullable(),
});
export type AccountReceipt = z.infer<typeof AccountReceipt>;
