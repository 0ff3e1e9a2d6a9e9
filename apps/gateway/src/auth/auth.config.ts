import { ConfigError, wholeNumber } from '@facet/platform';
import { z } from 'zod';

/** HS256 wants a key at least as long as its hash, 32 bytes (RFC 7518, 3.2). */
const MIN_SECRET_LENGTH = 32;

const SECONDS_PER_DAY = 86_400;

/** What authentication reads from the environment; part of the gateway's schema. */
export const authConfigShape = {
  JWT_SECRET: z
    .string()
    .min(MIN_SECRET_LENGTH)
    .optional()
    .describe(
      'Secret of HS256 tokens, at least 32 characters. Signs the tokens of the built-in login; without it there is none. One of JWT_SECRET and JWKS_URI is needed.',
    ),
  JWKS_URI: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where an outside identity provider publishes its keys (RS256, ES256, EdDSA). May stand beside JWT_SECRET.'),
  JWT_ISSUER: z.string().optional().describe('The `iss` that every token must name. Own tokens carry it.'),
  JWT_AUDIENCE: z
    .string()
    .optional()
    .describe(
      'The `aud` that every token must name. Own tokens carry it. Set it with JWKS_URI: else tokens made for other applications count too.',
    ),
  ACCESS_TOKEN_SECONDS: wholeNumber(1, SECONDS_PER_DAY).default(3_600).describe('Life of an access token of the built-in login.'),
  REFRESH_TOKEN_DAYS: wholeNumber(1, 365).default(30).describe('A login that is not refreshed for so many days has ended.'),
  AUTH_MAX_PER_MINUTE: wholeNumber(1, 100_000)
    .default(60)
    .describe('Calls of register, login and refresh together that one client address may make in a minute, at each gateway process.'),
};

type AuthVariables = z.infer<z.ZodObject<typeof authConfigShape>>;

/** Authentication's settings; the gateway's module provides them. */
export class AuthConfig {
  /** key of HS256 tokens; without it there is no built-in login */
  readonly secret: string | undefined;
  readonly jwksUri: string | undefined;
  readonly issuer: string | undefined;
  readonly audience: string | undefined;
  readonly accessTokenSeconds: number;
  readonly refreshTokenSeconds: number;
  /** of the login's routes together, per client address */
  readonly maxCallsPerMinute: number;

  private constructor(variables: AuthVariables) {
    this.secret = variables.JWT_SECRET;
    this.jwksUri = variables.JWKS_URI;
    this.issuer = variables.JWT_ISSUER;
    this.audience = variables.JWT_AUDIENCE;
    this.accessTokenSeconds = variables.ACCESS_TOKEN_SECONDS;
    this.refreshTokenSeconds = variables.REFRESH_TOKEN_DAYS * SECONDS_PER_DAY;
    this.maxCallsPerMinute = variables.AUTH_MAX_PER_MINUTE;
  }

  /** @throws ConfigError when tokens could not be verified in any way */
  static of(variables: AuthVariables): AuthConfig {
    if (variables.JWT_SECRET === undefined && variables.JWKS_URI === undefined) {
      throw new ConfigError('The configuration is wrong:\n  JWT_SECRET: is needed, or JWKS_URI of an outside identity provider');
    }
    return new AuthConfig(variables);
  }
}
