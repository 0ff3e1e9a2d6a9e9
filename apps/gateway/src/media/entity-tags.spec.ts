import { isKnown } from './entity-tags';

describe('isKnown', () => {
  const tag = '"a,b="';

  it.each([tag, `W/${tag}`, '*', ' * ', `"x", ${tag}`, `"x",W/${tag} , "y"`])('is so by If-None-Match: %s', (given) => {
    expect(isKnown(tag, given)).toBe(true);
  });

  it.each([undefined, '', '"x"', 'a,b=', '"x", "y"', '"*"', `w/"x"`])('is not so by If-None-Match: %s', (given) => {
    expect(isKnown(tag, given)).toBe(false);
  });
});
