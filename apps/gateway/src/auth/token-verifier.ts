import { FacetError } from '@facet/platform';
import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { AuthConfig } from './auth.config';

/** Signatures of an outside identity provider that are taken; never a symmetric one, or its public key would be a secret. */
const JWKS_ALGORITHMS = ['RS256', 'ES256', 'EdDSA', 'Ed25519'];

/** Seconds that the clocks of an identity provider and ours may differ. */
const CLOCK_TOLERANCE = 5;

/** Longest wait for a key set, in ms. */
const JWKS_TIMEOUT_MS = 5_000;

/** What tokens call themselves that are no access tokens (OAuth servers and Django's simplejwt use these claims). */
const FOREIGN_USES = ['refresh', 'id'];

/**
 * Port: tells whether an access token is genuine.
 *
 * Errors: `unauthenticated`; `unavailable` when an identity provider's keys cannot be fetched.
 */
export abstract class TokenVerifier {
  abstract verify(token: string): Promise<JWTPayload>;
}

/** HS256 with a secret that we share with whoever made the token: usually ourselves. */
export class SharedSecretVerifier extends TokenVerifier {
  constructor(
    private readonly secret: Uint8Array,
    private readonly config: Pick<AuthConfig, 'issuer' | 'audience'>,
  ) {
    super();
  }

  verify(token: string): Promise<JWTPayload> {
    return verifyWith(token, () => Promise.resolve(this.secret), ['HS256'], this.config);
  }
}

/** Public keys of an outside identity provider, fetched when first needed and when a key is unknown. */
export class JwksVerifier extends TokenVerifier {
  private readonly keys: JWTVerifyGetKey;

  constructor(
    uri: URL,
    private readonly config: Pick<AuthConfig, 'issuer' | 'audience'>,
  ) {
    super();
    this.keys = createRemoteJWKSet(uri, { timeoutDuration: JWKS_TIMEOUT_MS });
  }

  verify(token: string): Promise<JWTPayload> {
    return verifyWith(token, this.keys, JWKS_ALGORITHMS, this.config);
  }
}

/** Takes both kinds. The token's header only chooses the verifier, and each takes its own algorithms alone. */
export class EitherVerifier extends TokenVerifier {
  constructor(
    private readonly sharedSecret: TokenVerifier,
    private readonly jwks: TokenVerifier,
  ) {
    super();
  }

  async verify(token: string): Promise<JWTPayload> {
    return (algorithmOf(token) === 'HS256' ? this.sharedSecret : this.jwks).verify(token);
  }
}

/** The verifier that the configuration asks for. */
export function tokenVerifierOf(config: AuthConfig): TokenVerifier {
  const sharedSecret = config.secret && new SharedSecretVerifier(config.secret, config);
  const jwks = config.jwksUri && new JwksVerifier(config.jwksUri, config);
  if (sharedSecret && jwks) {
    return new EitherVerifier(sharedSecret, jwks);
  }
  const only = sharedSecret ?? jwks;
  if (!only) {
    throw new Error('Set JWT_SECRET or JWKS_URI: without one of them nobody could come in.');
  }
  return only;
}

async function verifyWith(
  token: string,
  keys: JWTVerifyGetKey | (() => Promise<Uint8Array>),
  algorithms: string[],
  { issuer, audience }: Pick<AuthConfig, 'issuer' | 'audience'>,
): Promise<JWTPayload> {
  const options = { algorithms, issuer, audience, clockTolerance: CLOCK_TOLERANCE, requiredClaims: ['sub', 'exp'] };
  try {
    const { payload } = await jwtVerify(token, keys as JWTVerifyGetKey, options);
    if ([payload['token_type'], payload['token_use'], payload['typ']].some((use) => FOREIGN_USES.includes(String(use).toLowerCase()))) {
      throw new FacetError('unauthenticated', 'This token is not an access token.');
    }
    return payload;
  } catch (cause) {
    throw verificationError(cause);
  }
}

function algorithmOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).alg;
  } catch (cause) {
    throw invalidToken(cause);
  }
}

const invalidToken = (cause: unknown): FacetError => new FacetError('unauthenticated', 'The access token is not valid.', { cause });

function verificationError(cause: unknown): FacetError {
  if (cause instanceof FacetError) {
    return cause;
  }
  if (cause instanceof errors.JWTExpired) {
    return new FacetError('unauthenticated', 'The access token has expired.', { cause });
  }
  return concernsKeySet(cause)
    ? new FacetError('unavailable', 'The keys of the identity provider cannot be fetched at the moment.', { retryable: true, cause })
    : invalidToken(cause);
}

/** A key set that cannot be fetched or read is no fault of the token. jose reports it so, or with the fetch's own error. */
const concernsKeySet = (cause: unknown): boolean =>
  !(cause instanceof errors.JOSEError) ||
  cause instanceof errors.JWKSTimeout ||
  cause instanceof errors.JWKSInvalid ||
  cause.code === errors.JOSEError.code;
