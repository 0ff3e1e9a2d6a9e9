import { loadConfig, ownPortShape, serviceConfigShape, stageConfigShape, wholeNumber } from '@facet/platform';
import { z } from 'zod';

/** What takes MongoDB as long is logged unless told otherwise, ms. */
export const DEFAULT_SLOW_MS = 200;

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
  MONGODB_POOL_SIZE: wholeNumber(1, 1_000)
    .default(32)
    .describe('Connections of one catalog process to MongoDB: events and questions that are worked on at once.'),
  MONGODB_SLOW_MS: wholeNumber(1, 600_000).default(DEFAULT_SLOW_MS).describe('Queries to MongoDB that take as long are logged, in ms.'),
  CATALOG_CONCURRENCY: wholeNumber(1, 256).default(16).describe('Pictures entered at once by one catalog process.'),
});
export type CatalogConfig = z.infer<typeof catalogConfigSchema>;

export const readCatalogConfig = (): CatalogConfig => loadConfig(catalogConfigSchema, process.env);
