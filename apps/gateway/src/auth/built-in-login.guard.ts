import { Injectable, type CanActivate } from '@nestjs/common';
import { FacetError } from '@facet/platform';
import { AuthConfig } from './auth.config';

/**
 * The secret that signs our own tokens.
 *
 * @throws FacetError `not_found` where all tokens come from outside, so that there is no built-in login
 */
export function signingSecret(config: Pick<AuthConfig, 'secret'>): string {
  if (config.secret === undefined) {
    throw new FacetError('not_found', 'This deployment uses an outside identity provider: get your token there.');
  }
  return config.secret;
}

/** Says so before anything else about a request is looked at. */
@Injectable()
export class BuiltInLoginGuard implements CanActivate {
  constructor(private readonly config: AuthConfig) {}

  canActivate(): boolean {
    return signingSecret(this.config) !== '';
  }
}
