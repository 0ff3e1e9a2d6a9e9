import { Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { ThrottlerModule } from '@nestjs/throttler';
import { AccessTokens } from './access-tokens';
import { AccountsStore } from './accounts.store';
import { AuthConfig } from './auth.config';
import { AuthController } from './auth.controller';
import { JwtStrategy } from './jwt.strategy';
import { LoginService } from './login.service';
import { Passwords } from './passwords';
import { RefreshTokens } from './refresh-tokens';
import { SessionsStore } from './sessions.store';
import { createTokenVerifier } from './verification/create-token-verifier';
import { TokenVerifier } from './verification/token-verifier';

const MINUTE_MS = 60_000;

const stores = [AccountsStore, SessionsStore];
const login = [LoginService, Passwords, AccessTokens, RefreshTokens];
const verification = [JwtStrategy, { provide: TokenVerifier, useFactory: createTokenVerifier, inject: [AuthConfig] }];

/**
 * Who a caller is: verifies tokens, and gives them out where the built-in login is on. A global module is to provide
 * `AuthConfig`, `ACCOUNTS_KV`, `SESSIONS_KV` and `NATS_CONNECTION`; the application registers `JwtAuthGuard` for all routes (APP_GUARD).
 */
@Module({
  imports: [
    PassportModule,
    ThrottlerModule.forRootAsync({
      inject: [AuthConfig],
      useFactory: (config: AuthConfig) => [{ ttl: MINUTE_MS, limit: config.maxCallsPerMinute }],
    }),
  ],
  controllers: [AuthController],
  providers: [...stores, ...login, ...verification],
  exports: [LoginService],
})
export class AuthModule {}
