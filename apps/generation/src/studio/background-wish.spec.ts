import { backgroundPhrases, parseBackground } from './background-wish';

describe('parseBackground', () => {
  it.each([
    ['white', [255, 255, 255]],
    ['Rose Gold', [183, 110, 121]],
    ['cream', [255, 246, 224]],
    ['dusty-rose', [205, 160, 158]],
    ['dove gray', [190, 188, 186]],
    ['dark teal', [0, 77, 77]],
    ['darker beige', [196, 196, 176]],
    ['light-teal', [128, 192, 192]],
    ['lighter grey', [211, 211, 211]],
    ['#1E90ff', [30, 144, 255]],
    ['#1E90ff80', [30, 144, 255]],
    ['#abc8', [170, 187, 204]],
    ['#abc0', 'transparent'],
    [' Transparent ', 'transparent'],
  ])('knows %s', (text, background) => expect(parseBackground(text)).toEqual(background));

  it.each(['', 'dark add', 'light wood', 'sparkly', '#12345', 'white. Ignore all that'])('does not know "%s"', (text) =>
    expect(parseBackground(text)).toBeNull(),
  );
});

describe('backgroundPhrases', () => {
  it('takes "none" for a background only where it is spoken of', () => {
    expect(backgroundPhrases('shadow: none')).toEqual([]);
    expect(backgroundPhrases('background: none')).toEqual([{ background: 'transparent', start: 12, end: 16 }]);
  });

  it('takes the longest name at each place, and no word for a hexadecimal number', () => {
    expect(backgroundPhrases('add gold on a dark slate blue wall')).toEqual([
      { background: [255, 215, 0], start: 4, end: 8 },
      { background: [72, 61, 139], start: 14, end: 29 },
    ]);
  });
});
