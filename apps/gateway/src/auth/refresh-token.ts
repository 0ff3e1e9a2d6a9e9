import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;

/** `<family: UUID>.<secret: 32 bytes in base64url>` */
const TOKEN = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/;

/** A refresh token, taken apart. Only the digest of the secret is ever stored. */
export interface RefreshToken {
  family: string;
  secret: string;
}

/** A token with a fresh secret: of a new family, or the next one of a family. */
export const newRefreshToken = (family: string = randomUUID()): RefreshToken => ({
  family,
  secret: randomBytes(SECRET_BYTES).toString('base64url'),
});

export const formatRefreshToken = ({ family, secret }: RefreshToken): string => `${family}.${secret}`;

/** `null` for a text that no refresh token can be. */
export function parseRefreshToken(text: string): RefreshToken | null {
  const [, family, secret] = TOKEN.exec(text) ?? [];
  return family !== undefined && secret !== undefined ? { family, secret } : null;
}

/** A plain digest does: the secret is random, so there is nothing to guess that would want a slow hash. */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Whether the secret has this digest, in a time that does not depend on where they differ. */
export function hasHash(secret: string, hash: string): boolean {
  const [actual, expected] = [Buffer.from(hashOfSecret(secret)), Buffer.from(hash)];
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
