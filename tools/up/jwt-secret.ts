import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from './environment';

/** HS256 wants a key at least as long as its hash (RFC 7518, 3.2). */
const SECRET_BYTES = 32;

/**
 * The secret that signs tokens: none when the environment names one or a key server, else a random one that is kept in
 * `DATA_DIR/jwt-secret` (readable by its owner alone), so that a login outlives a restart.
 */
export function keptJwtSecret(dataDir: string, environment: Environment): string | undefined {
  if (environment['JWT_SECRET'] !== undefined || environment['JWKS_URI'] !== undefined) {
    return undefined;
  }
  const file = join(dataDir, 'jwt-secret');
  const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  if (kept !== '') {
    return kept;
  }
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  return secret;
}
