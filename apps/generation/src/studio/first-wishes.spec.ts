import { firstWishes } from './first-wishes';

describe('the wishes of a first prompt', () => {
  it('are those of a regeneration; the background is read elsewhere', () => {
    const { adjustments, notUnderstood } = firstWishes('On a warm beige background, brighter, no shadow and rotate 10 degrees');
    expect(adjustments).toMatchObject({ brightness: 1, warmth: 0, shadow: -Infinity, rotation: 10, background: null });
    expect(notUnderstood).toEqual([]);
  });

  it.each(['Make it shine', 'A calm, elegant ground', 'a bright gold ring with a rich blue stone', 'sharp studio photo, warm light', ''])(
    'are none in a description: %s',
    (prompt) => {
      expect(firstWishes(prompt)).toEqual(firstWishes(''));
      expect(firstWishes(prompt).notUnderstood).toEqual([]);
    },
  );

  it('are none in the name of a colour', () => {
    expect(firstWishes('darker beige')).toEqual(firstWishes(''));
    expect(firstWishes('darker, on beige').adjustments.brightness).toBe(-1);
  });

  it('are told back where they are not understood', () => {
    expect(firstWishes('more wobbly').notUnderstood).toEqual(['more wobbly']);
  });
});
