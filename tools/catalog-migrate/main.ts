import { migrateCatalog } from '../../apps/catalog/src/migrations/migrate-program';
import { readEnvironment } from '../up/environment';

// the catalog finds its settings in its environment: those of .env as well
Object.assign(process.env, readEnvironment(process.cwd(), process.env));

migrateCatalog((line) => console.log(line)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
