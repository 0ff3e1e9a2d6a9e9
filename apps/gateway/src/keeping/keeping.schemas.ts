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
