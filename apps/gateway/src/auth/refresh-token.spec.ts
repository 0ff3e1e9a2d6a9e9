import { formatRefreshToken, hasHash, hashOfSecret, newRefreshToken, parseRefreshToken } from './refresh-token';

describe('refresh tokens', () => {
  it('are read back as they were written', () => {
    const token = newRefreshToken();

    expect(parseRefreshToken(formatRefreshToken(token))).toEqual(token);
  });

  it('keep their family and change their secret when they are rotated', () => {
    const first = newRefreshToken();
    const second = newRefreshToken(first.family);

    expect(second.family).toBe(first.family);
    expect(second.secret).not.toBe(first.secret);
  });

  it.each(['', 'x', '.', `${newRefreshToken().family}.short`, `${'*'.repeat(36)}.${newRefreshToken().secret}`])(
    'are not seen in %j, which could not be a key either',
    (text) => {
      expect(parseRefreshToken(text)).toBeNull();
    },
  );

  it('match the hash of their own secret only', () => {
    const { secret } = newRefreshToken();

    expect(hasHash(secret, hashOfSecret(secret))).toBe(true);
    expect(hasHash(newRefreshToken().secret, hashOfSecret(secret))).toBe(false);
    expect(hasHash(secret, '')).toBe(false);
  });
});
