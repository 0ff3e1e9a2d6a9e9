import type { GatewayConfig } from '../../apps/gateway/src/gateway.config';
import { failureName } from './failure-name';
import { fail, ok, warn, type Verdict } from './finding';
import { shownAddress } from './shown-address';

/** Longest wait for the identity provider, in ms. */
const PATIENCE_MS = 3_000;

/** Who says whose a token is, and for an identity provider whether its keys can be had. */
export async function checkTokens({ JWT_SECRET: secret, JWKS_URI: uri, JWT_AUDIENCE: audience }: GatewayConfig): Promise<Verdict> {
  if (!uri) {
    return ok(
      secret
        ? 'the built-in login, with JWT_SECRET'
        : 'the built-in login: npm run up makes a secret and keeps it; elsewhere JWT_SECRET or JWKS_URI is needed',
    );
  }
  const verdict = await checkKeys(uri);
  if (verdict.outcome === 'ok' && !audience) {
    return warn(`${verdict.text}; tokens that it made for other applications count too`, 'JWT_AUDIENCE');
  }
  return secret && verdict.outcome === 'ok' ? ok(`${verdict.text}; and the built-in login, with JWT_SECRET`) : verdict;
}

async function checkKeys(uri: string): Promise<Verdict> {
  const address = shownAddress(uri);
  try {
    // a redirect is not followed, as when tokens are verified
    const response = await fetch(uri, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });
    if (response.status >= 500 || response.status === 429) {
      return warn(`the identity provider at ${address} answers ${response.status} right now`, 'JWKS_URI');
    }
    const keys = response.status === 200 ? keysOf(await response.json()) : null;
    return keys === null
      ? fail(`there is no key set at ${address}: status ${response.status}`, 'JWKS_URI')
      : ok(`the identity provider's keys at ${address}, ${keys} of them`);
  } catch (error) {
    return error instanceof SyntaxError
      ? fail(`there is no key set at ${address}: not JSON`, 'JWKS_URI')
      : warn(`the identity provider at ${address} does not answer right now: ${failureName(error)}`, 'JWKS_URI');
  }
}

/** How many keys a JSON Web Key Set has (RFC 7517, 5), or `null` when it is none. */
function keysOf(body: unknown): number | null {
  return typeof body === 'object' && body !== null && 'keys' in body && Array.isArray(body.keys) ? body.keys.length : null;
}
