import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mustRun } from './run-command.mjs';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Nest 12 is published as ESM and loaded with require(): possible without flags from 20.19 and 22.12 on. */
export function requireNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (!fits) {
    console.error(`Facet needs Node 20.19 or newer (22.12 or newer on the 22 line); this is ${version}. See https://nodejs.org/`);
    process.exit(1);
  }
}

/** What the installed packages depend on: the lock file, and for compiled ones the machine and Node's major version. */
function wantedStamp() {
  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  return `${lock} ${process.platform} ${process.arch} node ${process.versions.modules}\n`;
}

/**
 * Installs the versions of package-lock.json, unless the last install was of the same. Not by `npm ci`: it refuses a lock
 * file that lacks an optional package of another system, and npm writes such files (https://github.com/npm/cli/issues/4828).
 */
export async function install() {
  const stampFile = join(ROOT, 'node_modules', '.facet-install');
  const stamp = wantedStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  console.log('installing dependencies (npm install)');
  // --no-save leaves the lock file as it is; --include=dev because NODE_ENV=production must not drop the compiler; the log
  // level is given because .ci/run silences npm's own closing lines, and "error" because others' engine ranges help nobody.
  await mustRun('Installing dependencies', 'npm', ['install', '--no-save', '--include=dev', '--loglevel=error'], { cwd: ROOT });
  writeFileSync(stampFile, stamp);
}
