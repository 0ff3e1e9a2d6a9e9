import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { FacetError } from '@facet/platform';
import { AccessTokens } from './access-tokens';
import { AccountsStore } from './accounts.store';
import type { Credentials, TokensAnswer } from './auth.schemas';
import type { AuthenticatedUser } from './current-user';
import { Passwords } from './passwords';
import { RefreshTokens } from './refresh-tokens';

/** The built-in login. Every answer is a pair of tokens and whose they are. */
@Injectable()
export class LoginService {
  constructor(
    private readonly accounts: AccountsStore,
    private readonly passwords: Passwords,
    private readonly accessTokens: AccessTokens,
    private readonly refreshTokens: RefreshTokens,
  ) {}

  /** @throws FacetError `email_taken` */
  async register({ email, password }: Credentials): Promise<TokensAnswer> {
    const account = {
      user_id: randomUUID(),
      email,
      password_hash: await this.passwords.hash(password),
      created_at: new Date().toISOString(),
    };
    await this.accounts.create(account);
    return this.answer(account, await this.refreshTokens.start(account));
  }

  /** @throws FacetError `unauthenticated`: the same, after the same time, for a wrong password and an unknown address */
  async login({ email, password }: Credentials): Promise<TokensAnswer> {
    const account = await this.accounts.find(email);
    const isRight = await this.passwords.verify(password, account?.password_hash);
    if (!account || !isRight) {
      throw new FacetError('unauthenticated', 'E-mail or password is wrong.');
    }
    return this.answer(account, await this.refreshTokens.start(account));
  }

  /** @throws FacetError `unauthenticated` for a token that is unknown, expired or used already */
  async refresh(refreshToken: string): Promise<TokensAnswer> {
    const { user, token } = await this.refreshTokens.rotate(refreshToken);
    return this.answer(user, token);
  }

  /** Ends the login that the token belongs to; access tokens made of it live on until they expire. */
  logout(refreshToken: string): Promise<void> {
    return this.refreshTokens.revoke(refreshToken);
  }

  /**
   * Takes an account away, and ends its logins. The address can be registered anew, by another user then. Nothing happens to users of an
   * outside identity provider, and when it is done already.
   */
  async close({ id, email }: AuthenticatedUser): Promise<void> {
    if (email !== null) {
      await this.accounts.remove(email, id);
    }
    await this.refreshTokens.revokeAllOf(id);
  }

  private async answer({ user_id, email }: { user_id: string; email: string }, refreshToken: string): Promise<TokensAnswer> {
    const user = { id: user_id, email };
    return {
      success: true,
      access_token: await this.accessTokens.issue(user),
      refresh_token: refreshToken,
      token_type: 'Bearer',
      expires_in: this.accessTokens.lifeSeconds,
      user,
    };
  }
}
