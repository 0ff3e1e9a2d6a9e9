import { ConfigError } from '@facet/platform';
import { Logger } from '@nestjs/common';
import type { AuthConfig } from '../auth.config';
import { commonChecks } from './access-claims';
import { AlgorithmVerifier } from './algorithm-verifier';
import { JwksVerifier } from './jwks-verifier';
import { SharedSecretVerifier } from './shared-secret-verifier';
import { TokenVerifier } from './token-verifier';

/** The verifier that the configuration asks for. */
export function createTokenVerifier(config: AuthConfig): TokenVerifier {
  const checks = commonChecks(config);
  const sharedSecret = config.secret === undefined ? undefined : new SharedSecretVerifier(config.secret, checks);
  const keySet = config.jwksUri === undefined ? undefined : new JwksVerifier(config.jwksUri, checks);
  if (keySet && config.audience === undefined) {
    new Logger('auth').warn({
      msg: 'JWT_AUDIENCE is not set: tokens that the identity provider made for other applications count here too',
    });
  }
  const verifier = sharedSecret && keySet ? new AlgorithmVerifier(sharedSecret, keySet) : (sharedSecret ?? keySet);
  if (!verifier) {
    throw new ConfigError('Neither JWT_SECRET nor JWKS_URI is set.');
  }
  return verifier;
}
