// `npm run deadletters`: looks at the events that were given up, or tries them again (tools/deadletters).
import { runBuilt } from './run-built.mjs';

await runBuilt('deadletters');
