import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { fetchDebianPackage } from './nats-server-debian';
import { fetchRelease, OFFICIAL_RELEASES } from './nats-server-release';
import type { NatsServerSearch } from './nats-server-search';
import { isAtLeast, OLDEST_VERSION } from './nats-server-version';
import { UpError } from './up-error';

/** A binary that can be run. */
export interface NatsServer {
  path: string;
  /** such as `2.9.10` */
  version: string;
}

const HOW_TO_INSTALL = `Install it in one of these ways, then run the command again:
  Debian, Ubuntu  sudo apt-get install nats-server
  macOS           brew install nats-server
  Docker          docker run -d --name facet-nats -p 127.0.0.1:4222:4222 -v facet-nats:/data nats:2 -js -sd /data
                  and then NATS_URL=nats://127.0.0.1:4222 npm run up`;

const runFile = promisify(execFile);

/** The usual search: the caller's `PATH`, the folders that a plain user's `PATH` lacks on Debian, `.cache` in `root`. */
export function defaultSearch(root: string, environment: Readonly<Record<string, string | undefined>>): Omit<NatsServerSearch, 'say'> {
  return {
    path: environment['PATH'] ?? '',
    systemFolders: ['/usr/sbin', '/usr/local/sbin'],
    cacheFolder: join(root, '.cache', 'nats-server'),
    releases: environment['NATS_SERVER_RELEASES'] ?? OFFICIAL_RELEASES,
  };
}

/**
 * Finds a nats-server, 2.9 or newer: `PATH`, the cache folder, the Debian package, the official release. What is
 * fetched goes to the cache folder: nothing is installed on the system, no service is started.
 *
 * @throws UpError that says what was tried and how to install it by hand
 */
export async function findNatsServer(search: NatsServerSearch): Promise<NatsServer> {
  for (const folder of [...search.path.split(delimiter), ...search.systemFolders, search.cacheFolder]) {
    const found = await usable(join(folder, 'nats-server'), search);
    if (found !== undefined) {
      return found;
    }
  }
  const failures: string[] = [];
  const sources = { 'apt-get': fetchDebianPackage, 'official release': fetchRelease };
  for (const [name, fetchInto] of Object.entries(sources)) {
    try {
      search.say(`fetching nats-server (${name})`);
      const found = await usable(await fetchInto(search), search);
      if (found !== undefined) {
        return found;
      }
      failures.push(`${name}: what came is too old or does not run`);
    } catch (error) {
      search.signal?.throwIfAborted();
      failures.push(`${name}: ${error instanceof Error ? error.message.trim() : String(error)}`);
    }
  }
  throw new UpError(`No nats-server was found, and none could be fetched.\n  ${failures.join('\n  ')}\n${HOW_TO_INSTALL}`);
}

async function usable(path: string, search: NatsServerSearch): Promise<NatsServer | undefined> {
  if (!isExecutable(path)) {
    return undefined;
  }
  try {
    const { stdout } = await runFile(path, ['--version'], { signal: search.signal });
    const [, version = ''] = /v(\d+\.\d+[\w.-]*)/.exec(stdout) ?? [];
    const fits = isAtLeast(version, OLDEST_VERSION);
    if (!fits) {
      search.say(`passing over ${path}: version ${version} is older than ${OLDEST_VERSION}`);
    }
    return fits ? { path, version } : undefined;
  } catch (error) {
    search.signal?.throwIfAborted();
    search.say(`passing over ${path}: it does not run (${error instanceof Error ? error.message : String(error)})`);
    return undefined;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
