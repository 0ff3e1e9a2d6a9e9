// dist/bundles/<service>/main.js: runs program.js beside it, with the code that V8 has compiled of it already (program.cache).
// V8 refuses a cache of another version, of other flags or of a text of another length, and compiles anew then.
// With the argument --compile it writes the cache instead, of all that a start runs before it meets NATS.
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const { Script } = require('node:vm');

/** ms; the scan of the modules is done by then, and what is left waits for a NATS that is not there */
const COMPILED_AFTER_MS = 1_000;

const filename = join(__dirname, 'program.js');
const cacheFile = join(__dirname, 'program.cache');
const isCompiling = process.argv[2] === '--compile';

const cachedData = !isCompiling && existsSync(cacheFile) ? readFileSync(cacheFile) : undefined;
// all ASCII, and a module's function already (bundle.mjs): read so it takes a byte of memory for each character, no decoding and no other copy
const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData });
script.runInThisContext()(exports, Module.createRequire(filename), module, filename, __dirname);

if (isCompiling) {
  setTimeout(() => {
    writeFileSync(cacheFile, script.createCachedData());
    process.exit(0);
  }, COMPILED_AFTER_MS);
}
