import { FacetError } from '@facet/platform';
import { errors, type JWTHeaderParameters, type JWTPayload, type JWTVerifyOptions, type JWTVerifyResult } from 'jose';
import { z } from 'zod';
import type { AuthConfig } from '../auth.config';
import type { AuthenticatedUser } from '../current-user';

/** How far two clocks may be apart, in seconds. */
const CLOCK_TOLERANCE_SECONDS = 5;

/** Header `typ` of an access token: none, a plain JWT, or RFC 9068's (with or without the media type's prefix). */
const HEADER_TYPES = /^(application\/)?(at\+)?jwt$/i;

/** Values by which providers mark an access token: Cognito (`token_use`), Simple JWT (`token_type`), Keycloak (`typ`). */
const ACCESS_KINDS = new Set(['access', 'access_token', 'bearer', 'jwt', 'at+jwt']);
const KIND_CLAIMS = ['token_use', 'token_type', 'typ'];

const Claims = z.object({ sub: z.string().min(1).max(255), email: z.string().min(1).max(254).nullish().catch(null) });

/** The checks that every token undergoes, whoever signed it. The algorithms are each verifier's own to pin. */
export const commonChecks = (config: Pick<AuthConfig, 'issuer' | 'audience'>): JWTVerifyOptions => ({
  issuer: config.issuer,
  audience: config.audience,
  clockTolerance: CLOCK_TOLERANCE_SECONDS,
  requiredClaims: ['exp', 'sub'],
});

/** Whether a token that was verified once still is, or again, within its time: what else was checked then does not change. */
export function isInForce({ exp = 0, nbf = 0 }: Pick<JWTPayload, 'exp' | 'nbf'>): boolean {
  const now = Math.floor(Date.now() / 1_000);
  return exp > now - CLOCK_TOLERANCE_SECONDS && nbf <= now + CLOCK_TOLERANCE_SECONDS;
}

/**
 * The user that a token with a good signature speaks of, or `null` when it is no access token (RFC 8725, 3.11): refresh
 * and id tokens of a provider are signed by the same key.
 */
export function userOfClaims(header: Pick<JWTHeaderParameters, 'typ'>, payload: JWTPayload): AuthenticatedUser | null {
  const isKnownType = header.typ === undefined || HEADER_TYPES.test(header.typ);
  const kinds = KIND_CLAIMS.map((claim) => payload[claim]).filter((kind) => kind !== undefined);
  const isAccessToken = kinds.every((kind) => typeof kind === 'string' && ACCESS_KINDS.has(kind.toLowerCase()));
  const claims = Claims.safeParse(payload);
  return isKnownType && isAccessToken && claims.success ? { id: claims.data.sub, email: claims.data.email ?? null } : null;
}

/**
 * The user of a token that is being verified.
 *
 * @throws FacetError `unauthenticated`; what is a FacetError already is passed on
 */
export async function verifiedUser(verification: Promise<JWTVerifyResult>): Promise<AuthenticatedUser> {
  const { protectedHeader, payload } = await verification.catch((cause: unknown) => {
    throw refusal(cause);
  });
  const user = userOfClaims(protectedHeader, payload);
  if (!user) {
    throw new FacetError('unauthenticated', 'The token is not an access token.');
  }
  return user;
}

function refusal(cause: unknown): FacetError {
  if (cause instanceof FacetError) {
    return cause;
  }
  return cause instanceof errors.JWTExpired
    ? new FacetError('unauthenticated', 'The token has expired.', { cause })
    : new FacetError('unauthenticated', 'The token is not valid.', { cause });
}
