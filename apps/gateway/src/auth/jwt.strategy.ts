import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy, type SecretOrKeyProvider } from 'passport-jwt';
import { bearerToken } from './bearer-token';
import type { AuthenticatedUser } from './current-user';
import { TokenVerifier } from './verification/token-verifier';

type Verified = (error: unknown, payload?: unknown) => void;
type JwtVerifier = (token: string, key: unknown, options: unknown, done: Verified) => void;

/**
 * passport-jwt verifies by `jsonwebtoken`, which knows neither EdDSA nor key sets. Its one way to verify otherwise is
 * this static function, which the whole process shares: so the function holds nothing. What to verify with comes as the
 * strategy's "key", which is our port; any other key is passport-jwt's own business, as before.
 */
const strategyClass: typeof Strategy & { JwtVerifier?: JwtVerifier } = Strategy;
const verifyByKey = strategyClass.JwtVerifier;
strategyClass.JwtVerifier = (token, key, options, done) => {
  if (key instanceof TokenVerifier) {
    void key.verify(token).then(
      (user) => done(null, user),
      (error: unknown) => done(error),
    );
  } else {
    verifyByKey?.(token, key, options, done);
  }
};

/** Passport's strategy `jwt`: the bearer token of the `Authorization` header, verified by whatever TokenVerifier is configured. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(verifier: TokenVerifier) {
    super({
      jwtFromRequest: bearerToken(ExtractJwt.fromAuthHeaderAsBearerToken()),
      secretOrKeyProvider: asKey(verifier),
    });
  }

  validate(user: AuthenticatedUser): AuthenticatedUser {
    return user;
  }
}

/** The types of passport-jwt know texts and bytes as keys only. */
const asKey = (verifier: TokenVerifier): SecretOrKeyProvider =>
  ((_request: unknown, _token: unknown, done: Verified) => done(null, verifier)) as SecretOrKeyProvider;
