import { rebuildCatalog } from '../../apps/catalog/src/rebuild/rebuild-program';
import { natsAddress } from '../deadletters/nats-address';
import { readEnvironment } from '../up/environment';

async function main(): Promise<void> {
  const environment = readEnvironment(process.cwd(), process.env);
  const NATS_URL = natsAddress(process.cwd(), environment);
  // the catalog finds its settings in its environment: those of .env as well, and the NATS that `npm run up` has brought
  Object.assign(process.env, environment, NATS_URL !== undefined && { NATS_URL });
  await rebuildCatalog((line) => console.log(line));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
