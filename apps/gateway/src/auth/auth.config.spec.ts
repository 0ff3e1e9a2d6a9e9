import { loadConfig } from '@facet/platform';
import { z } from 'zod';
import { AuthConfig, authConfigShape } from './auth.config';

const configOf = (environment: Record<string, string>): AuthConfig => AuthConfig.of(loadConfig(z.object(authConfigShape), environment));

describe('AuthConfig', () => {
  it('has defaults for all but the keys', () => {
    expect(configOf({ JWT_SECRET: 's'.repeat(32) })).toMatchObject({
      secret: 's'.repeat(32),
      jwksUri: undefined,
      accessTokenSeconds: 3_600,
      refreshTokenSeconds: 30 * 86_400,
      maxCallsPerMinute: 60,
    });
  });

  it.each([
    [{}, /JWT_SECRET: is needed, or JWKS_URI/],
    [{ JWT_SECRET: 's'.repeat(31) }, /JWT_SECRET: .*>=32/],
    [{ JWKS_URI: 'file:///etc/keys' }, /JWKS_URI: Invalid URL/],
    [{ JWT_SECRET: 's'.repeat(32), REFRESH_TOKEN_DAYS: '0' }, /REFRESH_TOKEN_DAYS: /],
  ])('refuses %j', (environment: Record<string, string>, message) => {
    expect(() => configOf(environment)).toThrow(message);
  });
});
