import { z } from 'zod';

const MAX_TITLE = 200;
const MAX_TAGS = 20;
const MAX_TAG = 50;

const NOTHING = 'one of starred, title and tags must be given';

/** What a client may change of a picture. */
export const ImagePatch = z
  .object({
    starred: z.boolean().optional(),
    title: z
      .string()
      .trim()
      .max(MAX_TITLE)
      .nullable()
      .optional()
      // an empty one is none
      .transform((title) => (title === '' ? null : title))
      .describe('null or nothing but blanks: no title.'),
    tags: z
      .array(z.string().trim().min(1).max(MAX_TAG))
      .max(MAX_TAGS)
      .optional()
      .transform((tags) => tags && [...new Set(tags)])
      .describe('All of them: what is left out is gone. Repetitions count once.'),
  })
  .refine((patch) => Object.values(patch).some((value) => value !== undefined), NOTHING);
export type ImagePatch = z.infer<typeof ImagePatch>;

/** How a client wants a picture to go. */
export const Removal = z.object({
  purge: z.stringbool().default(false).describe('true: destroy it for good, at once. The answer is 202 with a receipt to follow.'),
});
export type Removal = z.infer<typeof Removal>;

/** The receipt that a route names. */
export const OneReceipt = z.object({ id: z.string().regex(/^[\w-]{1,64}$/, 'must be the id of a receipt') });
export type OneReceipt = z.infer<typeof OneReceipt>;
