import fc from 'fast-check';
import { addressesUnder } from './shown-image';

describe('whole addresses', () => {
  it.each(['https://facet.example.com', 'http://localhost:8000/', 'https://example.com:8443/some/where'])(
    'under %s are those that a URL makes',
    (base) => {
      const addressOf = addressesUnder(base);
      const segment = fc.oneof(
        fc.stringMatching(/^[\w-]{0,12}$/),
        fc.constantFrom('.', '..', 'a.png', '%2e%2e', 'ä', 'a b', ''),
        fc.string(),
      );
      const path = fc.array(segment).map((segments) => `/${segments.join('/')}`);
      fc.assert(
        fc.property(fc.oneof(path, fc.webUrl()), (url) => {
          fc.pre(URL.canParse(url, base));
          expect(addressOf(url)).toBe(new URL(url, base).href);
        }),
      );
    },
  );
});
