import { chooseBackground } from './choose-background';

const WHITE = [255, 255, 255];
const NAVY = [0, 0, 128];
const CREAM = [255, 246, 224];

describe('chooseBackground', () => {
  it('takes what was asked for before what the prompt names', () => {
    expect(chooseBackground('transparent', 'on navy')).toEqual({ background: 'transparent', note: null });
  });

  it.each([
    ['Put this silver ring on a navy background', NAVY],
    ['gold ring with ruby on cream', CREAM],
    ['gold ring with ruby on soft cream', CREAM],
    ['a gold ring, navy', NAVY],
    ['a rose gold necklace against a plain navy backdrop', NAVY],
    ['navy background with gold accents', NAVY],
    ['background: navy', NAVY],
    ['navy', NAVY],
    ['navy-blue', NAVY],
    ['a ring with roses on navy', NAVY],
    ['snow white', WHITE],
    ['soft cream', CREAM],
    ['navy behind the silver ring', NAVY],
    ['not on white, on navy', NAVY],
    ['navy instead of white background', NAVY],
    ['no shadow on navy', NAVY],
    ['on grey stone', [128, 128, 128]],
    ['change the background from white to navy', NAVY],
    ['from white to navy', NAVY],
    ['change the white background to navy', NAVY],
    ['no white background, navy instead', NAVY],
    ['remove the white background and make it navy', NAVY],
    ['transparent background, gold ring', 'transparent'],
    ['this ring in navy', NAVY],
    ['this gold ring in soft cream please', CREAM],
    ['navy bg', NAVY],
    ['remove the background of this gold ring', 'transparent'],
    ['Remove the background and replace it with navy. Make it shine', NAVY],
  ])('takes the ground from "%s", not the colour of the piece', (prompt, background) =>
    expect(chooseBackground(undefined, prompt)).toEqual({ background, note: null }),
  );

  it.each([
    'a pearl ring, plain background',
    'a silver ring on a plain background',
    'somewhere nice',
    'A calm, elegant ground',
    'gold accents on the ring',
    'not on navy',
    'no navy background',
    'I don’t want a navy background',
    'don’t make it transparent',
    'do not remove the background',
    'don’t make the background navy',
    'zoom in on the pearl',
    'focus on the details',
    'a ring in a classic style',
    'black and white',
    'none',
    'less yellow',
    'remove the yellow tint',
    'the earrings in silver',
    'the stone in navy',
    'a ring with flowers and leaves',
    'sea-inspired earrings',
    '',
  ])('stays with white for "%s"', (prompt) => expect(chooseBackground(undefined, prompt)).toEqual({ background: WHITE, note: null }));

  it.each([
    ['a gold ring on a Beach', 'on a Beach'],
    ['a ring in a forest', 'in a forest'],
    ['with a marble background', 'a marble background'],
    ['a beach', 'a beach'],
    ['Sunset over the sea, brighter', 'Sunset over the sea'],
    ['surrounded by flowers', 'surrounded by flowers'],
    ['against old wood, brighter', 'against old wood'],
  ])('says which ground it does not know in "%s"', (prompt, ground) =>
    expect(chooseBackground(undefined, prompt)).toEqual({
      background: WHITE,
      note: `I do not know the background "${ground}", so it is white.`,
    }),
  );

  it.each([
    ['on navy velvet', NAVY, 'velvet'],
    ['navy velvet', NAVY, 'velvet'],
    ['a navy gradient background', NAVY, 'gradient'],
    ['a gold ring on navy silk, with soft light', NAVY, 'silk'],
    ['on a white background with roses', WHITE, 'roses'],
  ])('takes the colour of "%s", and says what else it leaves out', (prompt, background, scene) =>
    expect(chooseBackground(undefined, prompt)).toEqual({
      background,
      note: `I lay pieces on even colours, so "${scene}" is left out.`,
    }),
  );

  it('says so when it does not know the colour', () => {
    expect(chooseBackground('moonbeam', '')).toEqual({
      background: WHITE,
      note: 'I do not know the colour "moonbeam", so the background is white.',
    });
  });
});
