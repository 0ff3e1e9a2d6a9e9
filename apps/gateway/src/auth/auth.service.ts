import { Injectable } from '@nestjs/common';
import { FacetError } from '@facet/platform';
import { SignJWT } from 'jose';
import { AccountsStore } from './accounts.store';
import { AuthConfig } from './auth.config';
import type { Credentials } from './auth.schemas';
import { Passwords } from './passwords';
import { SessionsStore, type SessionOwner } from './sessions.store';

/** The built-in login. */
@Injectable()
export class AuthService {
  constructor(
    private readonly accounts: AccountsStore,
    private readonly sessions: SessionsStore,
    private readonly passwords: Passwords,
    private readonly config: AuthConfig,
  ) {}

  /** @throws FacetError `email_taken` */
  async register({ email, password }: Credentials) {
    this.assertEnabled();
    const account = await this.accounts.create(email, await this.passwords.hash(password));
    return this.welcome(account, await this.sessions.start(account));
  }

  /** @throws FacetError `unauthenticated`, the same for an unknown address as for a wrong password */
  async login({ email, password }: Credentials) {
    this.assertEnabled();
    const account = await this.accounts.find(email);
    if (!(await this.passwords.matches(account?.password_hash ?? null, password)) || !account) {
      throw new FacetError('unauthenticated', 'E-mail or password is wrong.');
    }
    return this.welcome(account, await this.sessions.start(account));
  }

  /** @throws FacetError `unauthenticated` */
  async refresh(refreshToken: string) {
    this.assertEnabled();
    const { owner, token } = await this.sessions.rotate(refreshToken);
    return this.welcome(owner, token);
  }

  logout(refreshToken: string): Promise<void> {
    return this.sessions.end(refreshToken);
  }

  private async welcome({ user_id, email }: SessionOwner, refreshToken: string) {
    return {
      success: true,
      access_token: await this.accessToken(user_id, email),
      refresh_token: refreshToken,
      token_type: 'Bearer',
      expires_in: this.config.accessTokenSeconds,
      user: { id: user_id, email },
    };
  }

  private accessToken(userId: string, email: string): Promise<string> {
    const { secret, issuer, audience, accessTokenSeconds } = this.config;
    const token = new SignJWT({ email, token_use: 'access' })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(userId)
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1_000) + accessTokenSeconds);
    if (issuer) {
      token.setIssuer(issuer);
    }
    if (audience) {
      token.setAudience(audience);
    }
    return token.sign(secret ?? new Uint8Array());
  }

  /** Without a secret of our own there is nothing to sign with. */
  private assertEnabled(): void {
    if (!this.config.secret) {
      throw new FacetError('not_found', 'This deployment has no login of its own: get a token from its identity provider.');
    }
  }
}
