// `npm run doctor`: makes sure that dependencies and build are there, then looks at everything that Facet is configured to
// use (tools/doctor/main.ts). Uses nothing but Node, as nothing else is there yet.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { install, requireNode, ROOT } from './install.mjs';

requireNode();
process.chdir(ROOT);
const { log } = console;
// standard output is for the report alone, which may be JSON
console.log = console.error;
await install();
if ((await build()) !== 0) {
  console.error('Facet could not be built: see the errors above');
  process.exit(1);
}
console.log = log;
await import(pathToFileURL(join(ROOT, 'dist', 'tools', 'doctor', 'main.js')).href);
