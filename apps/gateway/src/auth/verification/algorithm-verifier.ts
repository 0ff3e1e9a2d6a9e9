import { decodeProtectedHeader } from 'jose';
import { FacetError } from '@facet/platform';
import type { AuthenticatedUser } from '../current-user';
import { TokenVerifier } from './token-verifier';

/**
 * Where a secret and a key set are both configured: HS256 tokens go to the secret, all others to the key set. The header is not
 * yet trusted here; nothing is lost by a lie, as each verifier pins its own algorithms to its own keys.
 */
export class AlgorithmVerifier extends TokenVerifier {
  constructor(
    private readonly sharedSecret: TokenVerifier,
    private readonly keySet: TokenVerifier,
  ) {
    super();
  }

  override async verify(token: string): Promise<AuthenticatedUser> {
    return algorithmOf(token) === 'HS256' ? this.sharedSecret.verify(token) : this.keySet.verify(token);
  }
}

function algorithmOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).alg;
  } catch (cause) {
    throw new FacetError('unauthenticated', 'The token is not valid.', { cause });
  }
}
