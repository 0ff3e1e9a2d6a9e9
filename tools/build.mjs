import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundles/bundle.mjs';
import { ROOT } from './install.mjs';
import { run } from './run-command.mjs';

const SOURCE_FOLDERS = ['apps', 'libs', 'tools'];
const SOURCE_FILES = [
  '.swcrc',
  'nest-cli.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'tools/bundles/bundle.mjs',
  'tools/bundles/main.cjs',
];

/** Tests are not compiled (see tsconfig.build.json), so changing one needs no build. What the studio has learned is JSON. */
const isCompiled = (path) => /\.(ts|json)$/.test(path) && !path.endsWith('.spec.ts') && !path.startsWith(join('libs', 'testing'));

function sourceHash() {
  const inFolders = SOURCE_FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true }).map((path) => join(folder, path)),
  );
  // what is compiled ahead is good for one version of Node
  const hash = createHash('sha256').update(process.version);
  for (const path of [...SOURCE_FILES, ...inFolders.filter(isCompiled).sort()]) {
    hash.update(`${path}\n`).update(readFileSync(join(ROOT, path)));
  }
  return hash.digest('hex');
}

/** Compiles apps, libs and tools into dist/ and bundles the services, unless dist/ was made of the same sources. Answers with the exit code. */
export async function build() {
  const output = join(ROOT, 'dist');
  const stampFile = join(output, '.facet-build');
  const stamp = sourceHash();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return 0;
  // No stamp: dist/ is absent or half written, and the compiler's memory of what it wrote there is worth nothing.
  if (!existsSync(stampFile)) rmSync(join(ROOT, 'node_modules', '.cache', 'tsconfig.build.tsbuildinfo'), { force: true });
  rmSync(stampFile, { force: true });
  console.log('building (nest build)');
  const compiled = await run(process.execPath, [join('node_modules', '@nestjs', 'cli', 'bin', 'nest.js'), 'build'], { cwd: ROOT });
  const code = compiled || (await bundle());
  if (code === 0) {
    mkdirSync(output, { recursive: true });
    writeFileSync(stampFile, stamp);
  }
  return code;
}

// as a program: npm run build
if (fileURLToPath(import.meta.url) === realpathSync(process.argv[1] ?? '.')) process.exitCode = await build();
