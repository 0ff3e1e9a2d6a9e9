// `npm run up`: makes sure that dependencies and build are there, then becomes the supervisor (tools/up/main.ts) in this
// very process, so that a signal reaches it once. Uses nothing but Node, as nothing else is there yet.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { install, requireNode, ROOT } from './install.mjs';

requireNode();
await install();
if ((await build()) !== 0) {
  console.error('Facet could not be built: see the errors above');
  process.exit(1);
}
await import(pathToFileURL(join(ROOT, 'dist', 'tools', 'up', 'main.js')).href);
