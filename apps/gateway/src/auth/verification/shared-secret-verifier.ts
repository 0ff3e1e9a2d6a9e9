import { webcrypto } from 'node:crypto';
import { jwtVerify, type CryptoKey, type JWTVerifyOptions } from 'jose';
import type { AuthenticatedUser } from '../current-user';
import { verifiedUser } from './access-claims';
import { TokenVerifier } from './token-verifier';

/** HS256 tokens: those of the built-in login, and of a provider that shares the secret. */
export class SharedSecretVerifier extends TokenVerifier {
  /** imported once: jose would do it for every token */
  private readonly key: Promise<CryptoKey>;

  constructor(
    secret: string,
    private readonly checks: JWTVerifyOptions,
  ) {
    super();
    const hmac = { name: 'HMAC', hash: 'SHA-256' };
    this.key = webcrypto.subtle.importKey('raw', new TextEncoder().encode(secret), hmac, false, ['verify']);
  }

  override verify(token: string): Promise<AuthenticatedUser> {
    return verifiedUser(jwtVerify(token, () => this.key, { ...this.checks, algorithms: ['HS256'] }));
  }
}
