import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { FacetError } from '@facet/platform';

/** Who sends a request, by their token. */
export interface AuthenticatedUser {
  /** the token's `sub`, 1 to 255 characters: an opaque text unless it comes from the built-in login (a UUID) */
  id: string;
  /** `null` when the identity provider does not tell */
  email: string | null;
}

/**
 * The caller, as a parameter of a controller's method.
 *
 * @throws FacetError `unauthenticated` on a public route, where nobody is looked at
 */
export const CurrentUser = createParamDecorator((_data: unknown, context: ExecutionContext): AuthenticatedUser => {
  const { user } = context.switchToHttp().getRequest<{ user?: AuthenticatedUser }>();
  if (!user) {
    throw new FacetError('unauthenticated', 'A token is needed.');
  }
  return user;
});
