import { Lettering } from './lettering';

describe('Lettering', () => {
  const lettering = Lettering.load();
  const spanOf = (path: string): number => {
    const xs = [...path.matchAll(/[ML](-?[\d.]+)/g)].map(([, x]) => Number(x));
    return Math.max(...xs) - Math.min(...xs);
  };

  it('draws a line around a middle, accents included', () => {
    const path = lettering.line('Océane Ő Ring', 500, 100, 60, 1000);
    expect(path).toMatch(/^M/);
    expect(path).not.toContain('NaN');
    expect(spanOf(path ?? '')).toBeGreaterThan(200);
  });

  it('sets a long name smaller, so that it fits', () => {
    expect(spanOf(lettering.line('The Grand Duchess Anastasia Collection No. 5', 0, 0, 80, 400) ?? '')).toBeLessThanOrEqual(400);
  });

  it.each(['', '   ', '指輪', 'अंगूठी'])('draws nothing of "%s" rather than a part', (text) => {
    expect(lettering.line(text, 0, 0, 40, 100)).toBeNull();
  });
});
