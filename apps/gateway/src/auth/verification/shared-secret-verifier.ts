import { jwtVerify, type JWTVerifyOptions } from 'jose';
import type { AuthenticatedUser } from '../current-user';
import { verifiedUser } from './access-claims';
import { TokenVerifier } from './token-verifier';

/** HS256 tokens: those of the built-in login, and of a provider that shares the secret. */
export class SharedSecretVerifier extends TokenVerifier {
  private readonly key: Uint8Array;

  constructor(
    secret: string,
    private readonly checks: JWTVerifyOptions,
  ) {
    super();
    this.key = new TextEncoder().encode(secret);
  }

  override verify(token: string): Promise<AuthenticatedUser> {
    return verifiedUser(jwtVerify(token, this.key, { ...this.checks, algorithms: ['HS256'] }));
  }
}
