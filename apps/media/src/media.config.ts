import { loadConfig, ownPortShape, serviceConfigShape, stageConfigShape, wholeNumber } from '@facet/platform';
import { z } from 'zod';
import { CLOUDINARY_MAX_BYTES } from './assets/cloudinary-cloud';

export const mediaConfigSchema = z.object({
  ...serviceConfigShape,
  ...ownPortShape,
  ...stageConfigShape,
  CLOUDINARY_URL: z
    .string()
    .regex(/^cloudinary:\/\/[^:]+:[^@]+@.+$/, 'must look like cloudinary://key:secret@cloud')
    .refine((url) => URL.canParse(url), 'cannot be read as a URL')
    .optional()
    .describe('Keeps pictures at Cloudinary: `cloudinary://key:secret@cloud`. Without it they are kept in NATS and served by the gateway.'),
  CLOUDINARY_FOLDER: z.string().default('facet').describe('Folder at Cloudinary under which every user has one.'),
  CLOUDINARY_MAX_BYTES: wholeNumber(100_000, 1_000_000_000)
    .default(CLOUDINARY_MAX_BYTES)
    .describe('Largest picture that the Cloudinary account takes, in bytes; a larger one is stored as WebP that fits.'),
  MEDIA_CONCURRENCY: wholeNumber(1, 64).default(4).describe('Pictures stored at once by one media process.'),
  INGEST_CONCURRENCY: wholeNumber(1, 64)
    .default(2)
    .describe('Uploads decoded at once by one media process; each may take 200 MB for a moment.'),
  UPLOAD_MAX_PIXELS: wholeNumber(1, 1_000_000_000).default(40_000_000).describe('Largest picture that is decoded, in pixels.'),
  STORE_TIMEOUT_SECONDS: wholeNumber(1, 600).default(60).describe('Time that storing one picture may take.'),
});
export type MediaConfig = z.infer<typeof mediaConfigSchema>;

export const readMediaConfig = (): MediaConfig => loadConfig(mediaConfigSchema, process.env);
