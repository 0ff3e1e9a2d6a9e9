import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { install, requireNode, ROOT } from './install.mjs';

/**
 * Makes sure that dependencies and build are there, then runs a tool of `dist/tools` in this very process. Uses nothing but
 * Node, as nothing else may be there yet. Standard output is the tool's alone: it may be JSON.
 */
export async function runBuilt(tool) {
  requireNode();
  process.chdir(ROOT);
  const { log } = console;
  console.log = console.error;
  await install();
  if ((await build()) !== 0) {
    console.error('Facet could not be built: see the errors above');
    process.exit(1);
  }
  console.log = log;
  await import(pathToFileURL(join(ROOT, 'dist', 'tools', tool, 'main.js')).href);
}
