import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

/** Variables by name; an empty one counts as not set, as in the services. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The caller's environment, completed from the `.env` file in `root` where there is one. The caller's own values win. */
export function readEnvironment(root: string, own: Environment): Environment {
  const file = join(root, '.env');
  const fromFile: Environment = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const given = Object.entries({ ...fromFile, ...own }).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(given);
}
