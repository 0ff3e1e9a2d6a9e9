import { z } from 'zod';

const NONE = 'must be a number';

/** A whole number in a query. Blanks are none, where `Number` takes them for a zero. */
export const wholeNumber = (least: number, most = Number.MAX_SAFE_INTEGER) =>
  z
    .unknown()
    .refine((given) => typeof given !== 'string' || given.trim() !== '', NONE)
    // for the documentation, which is made of what a client may send
    .meta({ type: 'integer', minimum: least, maximum: most })
    .pipe(z.coerce.number(NONE).int().min(least).max(most));
