// `npm run catalog:migrate`: brings the catalog's database to this version (apps/catalog/src/migrations).
import { runBuilt } from './run-built.mjs';

await runBuilt('catalog-migrate');
