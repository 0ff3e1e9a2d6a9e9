import { ImageType, SortOrder } from '@facet/contracts';
import { z } from 'zod';
import { wholeNumber } from '../http/whole-number';
import { GivenImageId } from '../images/given-image-id';

const MAX_PAGE = 1_000_000;

/** A day is its first moment in UTC. By its offset an instant may lie outside of the years that ISO 8601 has four digits for. */
const instant = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .transform((text) => new Date(text).toISOString())
  .refine((utc) => /^\d{4}-/.test(utc), 'must be in the years 0000 to 9999 in UTC');

/** What a client may ask of its pictures. */
export const galleryQuery = z
  .object({
    type: ImageType.optional().describe('Only pictures of this type.'),
    root: GivenImageId.optional().describe('Only pictures that go back to this first picture, that one included.'),
    parent: GivenImageId.optional().describe('Only regenerations of this picture, not those made from them.'),
    depth: wholeNumber(0).optional().describe('Only pictures with so many regenerations before them; 0: first pictures.'),
    provider: z.string().min(1).max(50).optional().describe('Only pictures made by it, such as `gemini`.'),
    created_after: instant.optional().describe('Only pictures asked for at this instant or later; a date is its beginning in UTC.'),
    created_before: instant.optional().describe('Only pictures asked for before this instant.'),
    starred: z
      .enum(['true', 'false'])
      .transform((text) => text === 'true')
      .optional()
      .describe('Only pictures with a star, or only those without.'),
    q: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .describe('Only pictures whose prompts hold all of these words, whatever case and accents.'),
    sort: SortOrder.default('newest').describe('Which pictures come first.'),
    page: wholeNumber(1, MAX_PAGE).optional().describe('Counted from 1. Not together with `cursor`.'),
    cursor: z
      .string()
      .min(1)
      .max(500)
      .optional()
      .describe('`pagination.next_cursor` of the page before, with the same filters. Pages do not shift while pictures arrive.'),
    limit: wholeNumber(1, 100).default(20).describe('Pictures per page.'),
  })
  .refine(({ page, cursor }) => page === undefined || cursor === undefined, {
    path: ['cursor'],
    message: 'A page is either counted or comes after a cursor.',
  });
export type GalleryQuery = z.infer<typeof galleryQuery>;
