// `npm run catalog:rebuild`: makes the catalog in MongoDB what the event log says it is (apps/catalog/src/rebuild).
import { runBuilt } from './run-built.mjs';

await runBuilt('catalog-rebuild');
