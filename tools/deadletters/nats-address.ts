import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Environment } from '../up/environment';
import { ownNatsUrl } from '../up/own-nats-url';
import { commandLine } from '../up/process-table';

/**
 * Where NATS is: as the caller says, as `NATS_URL` says, or the one that `npm run up` runs on this data folder.
 *
 * @param root the project's root
 * @param said the value of `--nats`, if it was given
 * @returns nothing when none is named and `npm run up` does not run
 */
export function natsAddress(root: string, environment: Environment, said?: string): string | undefined {
  return said ?? environment['NATS_URL'] ?? (runsOwnNats(root, environment) ? ownNatsUrl(root, environment) : undefined);
}

/** What `npm run up` has written down may have outlived its server, and somebody else's may listen on the port by now. */
function runsOwnNats(root: string, environment: Environment): boolean {
  const dataDir = resolve(root, environment['DATA_DIR'] ?? '.data');
  const pidFile = join(dataDir, 'run', 'nats-1.pid');
  return existsSync(pidFile) && commandLine(Number(readFileSync(pidFile, 'utf8'))).includes(join(dataDir, 'nats', 'nats-server.conf'));
}
