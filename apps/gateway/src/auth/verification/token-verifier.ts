import type { AuthenticatedUser } from '../current-user';

/** Tells whose access token it is. The adapters beside it know a shared secret, an identity provider's key set, or both. */
export abstract class TokenVerifier {
  /**
   * @param token a JWT in its compact form
   * @throws FacetError `unauthenticated` for a token that is expired, not an access token, or not valid in any other way;
   * `unavailable` when the keys to verify it cannot be had at the moment
   */
  abstract verify(token: string): Promise<AuthenticatedUser>;
}
