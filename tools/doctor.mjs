// `npm run doctor`: looks at everything that Facet is configured to use (tools/doctor).
import { runBuilt } from './run-built.mjs';

await runBuilt('doctor');
