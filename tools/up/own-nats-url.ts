import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Environment } from './environment';

const PORT = /^port: (\d+)$/m;

/** Where the NATS listens that `npm run up` brings, as its configuration says; the default address when there is none. */
export function ownNatsUrl(root: string, environment: Environment): string {
  const configuration = join(resolve(root, environment['DATA_DIR'] ?? '.data'), 'nats', 'nats-server.conf');
  const [, port = '4222'] = (existsSync(configuration) && PORT.exec(readFileSync(configuration, 'utf8'))) || [];
  return `nats://127.0.0.1:${port}`;
}
