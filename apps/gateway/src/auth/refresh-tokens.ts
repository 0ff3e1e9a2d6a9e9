import { Injectable, Logger } from '@nestjs/common';
import { FacetError } from '@facet/platform';
import { AuthConfig } from './auth.config';
import { formatRefreshToken, hashOfSecret, hasHash, newRefreshToken, parseRefreshToken } from './refresh-token';
import { SessionsStore, type Session } from './sessions.store';

/** Lost races before a call gives up. More than two at once with one family is not a browser any more. */
const MAX_RACES = 5;

/** Whose session it is. */
type SessionUser = Pick<Session, 'user_id' | 'email'>;

/** Refresh tokens that rotate: each is good for one use, and using one a second time ends the login (RFC 9700, 4.14.2). */
@Injectable()
export class RefreshTokens {
  private readonly logger = new Logger(RefreshTokens.name);

  constructor(
    private readonly sessions: SessionsStore,
    private readonly config: AuthConfig,
  ) {}

  /** Begins a family; answers its first token. */
  async start(user: SessionUser): Promise<string> {
    const token = newRefreshToken();
    const created_at = new Date().toISOString();
    await this.sessions.create(token.family, {
      user_id: user.user_id,
      email: user.email,
      secret_hash: hashOfSecret(token.secret),
      created_at,
      expires_at: this.expiry(),
    });
    return formatRefreshToken(token);
  }

  /**
   * Takes a token and answers the next one. A wrong secret with a known family is a token that was rotated away: a family's
   * id is random and leaves us only inside its tokens. Two parties have it then, so the family ends.
   *
   * @throws FacetError `unauthenticated`
   */
  async rotate(text: string): Promise<{ user: SessionUser; token: string }> {
    const token = parseRefreshToken(text);
    for (let race = 0; token && race < MAX_RACES; race += 1) {
      const found = await this.sessions.find(token.family);
      if (!found || Date.parse(found.value.expires_at) <= Date.now()) {
        throw refused();
      }
      // A read may come from a replica that lags behind, so whatever follows from it holds for this revision only.
      if (hasHash(token.secret, found.value.secret_hash)) {
        const next = newRefreshToken(token.family);
        const session = { ...found.value, secret_hash: hashOfSecret(next.secret), expires_at: this.expiry() };
        if (await this.sessions.replace(token.family, session, found.revision)) {
          return { user: session, token: formatRefreshToken(next) };
        }
      } else if (await this.sessions.remove(token.family, found.revision)) {
        this.logger.warn({ msg: 'refresh token used twice: login ended', user_id: found.value.user_id });
        throw refused();
      }
    }
    throw refused();
  }

  /** Ends the family of a token, whichever of its tokens it is. Nothing happens when there is none (any more). */
  async revoke(text: string): Promise<void> {
    const token = parseRefreshToken(text);
    for (let race = 0; token && race < MAX_RACES; race += 1) {
      const found = await this.sessions.find(token.family);
      if (!found || (await this.sessions.remove(token.family, found.revision))) {
        return;
      }
    }
    if (token) {
      throw new FacetError('unavailable', 'The login could not be ended; try again.', { retryable: true });
    }
  }

  /** Ends all logins of a user. */
  revokeAllOf(userId: string): Promise<void> {
    return this.sessions.removeAllOf(userId);
  }

  private expiry(): string {
    return new Date(Date.now() + this.config.refreshTokenSeconds * 1_000).toISOString();
  }
}

const refused = (): FacetError => new FacetError('unauthenticated', 'The refresh token is not valid (any more): log in again.');
