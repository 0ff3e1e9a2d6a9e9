import { ImageId } from '@facet/contracts';
import { z } from 'zod';

/** The id of a picture as a client may write it: in letters of either case. */
export const GivenImageId = z
  .string()
  .trim()
  .toLowerCase()
  // for the documentation, which is made of what a client may send
  .meta({ pattern: '^[0-9a-fA-F]{24}$' })
  .pipe(ImageId);
