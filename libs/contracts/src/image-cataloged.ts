import type { z } from 'zod';
import { ImageRecord } from './image-record';

/** The catalog remembers the picture; it can be listed and regenerated. */
export const ImageCataloged = ImageRecord;
export type ImageCataloged = z.infer<typeof ImageCataloged>;
