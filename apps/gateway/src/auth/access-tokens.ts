import { Injectable } from '@nestjs/common';
import { SignJWT } from 'jose';
import { AuthConfig } from './auth.config';
import { signingSecret } from './built-in-login.guard';
import type { AuthenticatedUser } from './current-user';

/** Access tokens of the built-in login: HS256, marked as what they are, so that they are never taken for anything else. */
@Injectable()
export class AccessTokens {
  constructor(private readonly config: AuthConfig) {}

  /** Life of a token, in seconds. */
  get lifeSeconds(): number {
    return this.config.accessTokenSeconds;
  }

  /** @throws FacetError `not_found` where there is no built-in login */
  async issue(user: AuthenticatedUser): Promise<string> {
    const { issuer, audience, accessTokenSeconds } = this.config;
    const token = new SignJWT({ email: user.email, token_use: 'access' })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(user.id)
      .setIssuedAt()
      .setExpirationTime(`${accessTokenSeconds} seconds`);
    if (issuer !== undefined) {
      token.setIssuer(issuer);
    }
    if (audience !== undefined) {
      token.setAudience(audience);
    }
    return token.sign(new TextEncoder().encode(signingSecret(this.config)));
  }
}
