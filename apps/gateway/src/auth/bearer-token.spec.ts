import { ExtractJwt } from 'passport-jwt';
import { bearerToken } from './bearer-token';

/** The quadratic search takes 200 ms for such a header, the check 0.1 ms: far from both, for the fastest of some runs. */
const SLOW_MS = 50;
const RUNS = 5;

const tokenOf = (authorization?: string): string | null =>
  bearerToken(ExtractJwt.fromAuthHeaderAsBearerToken())({ headers: { authorization } });

describe('bearerToken', () => {
  it.each(['Bearer abc.def.ghi', 'bearer abc.def.ghi', 'BEARER abc.def.ghi'])('finds the token in %j', (header) => {
    expect(tokenOf(header)).toBe('abc.def.ghi');
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'abc.def.ghi', 'Basic YTpi', 'Bearerabc.def.ghi'])('finds none in %j', (header) => {
    expect(tokenOf(header)).toBeNull();
  });

  it.each(['x'.repeat(16_000), `Bearer ${'x'.repeat(16_000)}`, `Bearer${' '.repeat(16_000)}`])(
    'takes no time for the longest header that Node lets through',
    (header) => {
      const times = Array.from({ length: RUNS }, () => {
        const begin = performance.now();
        tokenOf(header);
        return performance.now() - begin;
      });

      expect(Math.min(...times)).toBeLessThan(SLOW_MS);
    },
  );
});
