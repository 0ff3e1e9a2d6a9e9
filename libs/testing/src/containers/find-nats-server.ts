import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian keeps servers in sbin, which the PATH of an ordinary user lacks. */
const SERVER_FOLDERS = ['/usr/sbin', '/usr/local/sbin'];

/** Where `npm run up` and `npm run check` keep what they fetched. */
const CACHE = join(__dirname, '..', '..', '..', '..', '.cache');

/** The nats-server program of this machine, if it has one: `NATS_SERVER`, on the PATH, or in the project's cache folder. */
export function findNatsServer(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...SERVER_FOLDERS, ...cacheFolders()];
  const candidates = [process.env['NATS_SERVER'] ?? '', ...folders.map((folder) => join(folder, 'nats-server'))];
  return candidates.find((candidate) => existsSync(candidate));
}

function cacheFolders(): string[] {
  const entries = existsSync(CACHE) ? readdirSync(CACHE, { withFileTypes: true }) : [];
  return entries.filter((entry) => entry.isDirectory() && entry.name.startsWith('nats-server')).map((entry) => join(CACHE, entry.name));
}
