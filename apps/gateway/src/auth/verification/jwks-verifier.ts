import { FacetError } from '@facet/platform';
import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey, type JWTVerifyOptions } from 'jose';
import type { AuthenticatedUser } from '../current-user';
import { verifiedUser } from './access-claims';
import { TokenVerifier } from './token-verifier';

/** Longest wait for the provider's keys, in ms. */
const FETCH_TIMEOUT_MS = 5_000;

/** Keys are not fetched again sooner than this for an unknown key id, in ms: anybody can make up key ids. */
const COOLDOWN_MS = 30_000;

/** Keys are believed for so long, in ms; so long also lives one that the provider has withdrawn. */
const KEYS_MAX_AGE_MS = 600_000;

/** Tokens of an identity provider that publishes its keys. Never a symmetric algorithm: a public key is no secret. */
export class JwksVerifier extends TokenVerifier {
  private readonly key: JWTVerifyGetKey;

  constructor(
    jwksUri: string,
    private readonly checks: JWTVerifyOptions,
  ) {
    super();
    const keys = createRemoteJWKSet(new URL(jwksUri), {
      timeoutDuration: FETCH_TIMEOUT_MS,
      cooldownDuration: COOLDOWN_MS,
      cacheMaxAge: KEYS_MAX_AGE_MS,
    });
    this.key = async (header, token) => {
      try {
        return await keys(header, token);
      } catch (cause) {
        throw isTokensFault(cause) ? cause : keysUnavailable(cause);
      }
    };
  }

  override verify(token: string): Promise<AuthenticatedUser> {
    return verifiedUser(jwtVerify(token, this.key, { ...this.checks, algorithms: ['RS256', 'ES256', 'EdDSA'] }));
  }
}

/** The keys are there, but none, or more than one, is the token's. */
const isTokensFault = (cause: unknown): boolean =>
  cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys || cause instanceof errors.JOSENotSupported;

const keysUnavailable = (cause: unknown): FacetError =>
  new FacetError('unavailable', 'The keys of the identity provider cannot be reached at the moment.', { retryable: true, cause });
