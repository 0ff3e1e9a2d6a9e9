import { loadConfig, ownPortShape, serviceConfigShape, stageConfigShape, wholeNumber } from '@facet/platform';
import { z } from 'zod';

export const catalogConfigSchema = z.object({
  ...serviceConfigShape,
  ...ownPortShape,
  ...stageConfigShape,
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://')
    .optional()
    .describe('Keeps the catalog in MongoDB. Without it one process holds it in memory and replays the event log when it starts.'),
  MONGODB_DATABASE: z.string().min(1).default('facet').describe('Database of the catalog.'),
  CATALOG_CONCURRENCY: wholeNumber(1, 256).default(16).describe('Pictures entered at once by one catalog process.'),
});
export type CatalogConfig = z.infer<typeof catalogConfigSchema>;

export const readCatalogConfig = (): CatalogConfig => loadConfig(catalogConfigSchema, process.env);
