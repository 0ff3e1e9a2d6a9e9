import { hash, webcrypto } from 'node:crypto';
import { jwtVerify, type CryptoKey, type JWTPayload, type JWTVerifyOptions } from 'jose';
import { LRUCache } from 'lru-cache';
import type { AuthenticatedUser } from '../current-user';
import { isInForce, verifiedUser } from './access-claims';
import { TokenVerifier } from './token-verifier';

/** Verified tokens that are remembered at most: some megabytes. The one that was not used for longest gives way. */
const REMEMBERED = 5_000;

/** What a good token says. */
interface Verified {
  user: AuthenticatedUser;
  claims: JWTPayload;
}

/**
 * HS256 tokens: those of the built-in login, and of a provider that shares the secret. A token that was found good is remembered, as
 * its signature stays good for as long as this process has this secret; only its time is looked at again (ADR 32).
 */
export class SharedSecretVerifier extends TokenVerifier {
  /** imported once: jose would do it for every token */
  private readonly key: Promise<CryptoKey>;

  /** By a digest of the whole token. Nothing comes in here but what was verified, so strangers cannot fill it. */
  private readonly remembered = new LRUCache<string, Verified>({ max: REMEMBERED });

  constructor(
    secret: string,
    private readonly checks: JWTVerifyOptions,
  ) {
    super();
    const hmac = { name: 'HMAC', hash: 'SHA-256' };
    this.key = webcrypto.subtle.importKey('raw', new TextEncoder().encode(secret), hmac, false, ['verify']);
  }

  override async verify(token: string): Promise<AuthenticatedUser> {
    const digest = hash('sha256', token, 'base64');
    const known = this.remembered.get(digest);
    if (known && isInForce(known.claims)) {
      return { ...known.user };
    }
    const verification = jwtVerify(token, () => this.key, { ...this.checks, algorithms: ['HS256'] });
    const user = await verifiedUser(verification);
    this.remembered.set(digest, { user, claims: (await verification).payload });
    return { ...user };
  }
}
