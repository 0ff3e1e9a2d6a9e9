import type { Rgb } from './colour-space';
import { parseColour } from './ground-colour';

/** What is to be behind a piece: an even colour, or nothing. */
export type Background = Rgb | 'transparent';

const TRANSPARENT = /^(transparent|transparency|none|no background|see[ -]?through)$/;
/** "None" in a prompt is said of anything, such as the shadow. */
const NONE_OF_IT = /\bbackground\b/;
const TRANSPARENT_WORDS =
  /\b(transparent|transparency|see[ -]through|without (?:a |any )?background|no background|(?:remove|delete|erase|drop|cut out|get rid of|take (?:away|off|out)) (?:(?:the|its|this|that|any) )?(?:(?!(?:in|on|from|of|the|with|behind)\b)[\p{L}-]+ ){0,2}background)\b/u;

/** Names of metals, stones and stuffs that shops ask for and that neither CSS nor the studio's first list has. */
const MORE_COLOURS: ReadonlyMap<string, Rgb> = new Map(
  Object.entries({
    'blush pink': [244, 214, 210],
    'dusty rose': [205, 160, 158],
    'dusty pink': [212, 168, 167],
    'baby pink': [248, 205, 214],
    'baby blue': [180, 210, 236],
    'powder pink': [244, 219, 218],
    'dove grey': [190, 188, 186],
    'pale grey': [226, 226, 226],
    'warm grey': [196, 190, 184],
    'cool grey': [190, 195, 201],
    'royal purple': [95, 52, 135],
    'forest green': [34, 92, 56],
    'bottle green': [16, 70, 50],
    'sage green': [178, 190, 165],
    sage: [178, 190, 165],
    ecru: [236, 226, 204],
    eggshell: [240, 234, 220],
    nougat: [199, 168, 141],
    caramel: [190, 132, 82],
    mocha: [140, 105, 85],
    camel: [193, 154, 107],
    terracotta: [200, 106, 78],
    rust: [165, 76, 42],
    copper: [184, 115, 76],
    bronze: [150, 110, 66],
    brass: [190, 160, 90],
    mustard: [212, 168, 55],
    apricot: [251, 206, 177],
    peach: [255, 218, 190],
    lilac: [207, 188, 222],
    mauve: [190, 160, 185],
    aubergine: [66, 28, 54],
    wine: [94, 24, 42],
    ruby: [150, 17, 50],
    amethyst: [140, 98, 178],
    jade: [60, 140, 105],
    petrol: [0, 88, 104],
    'midnight blue': [22, 26, 62],
    anthracite: [50, 54, 58],
    graphite: [66, 68, 72],
    slate: [98, 110, 122],
    platinum: [229, 228, 226],
    'white gold': [226, 222, 212],
    'yellow gold': [222, 182, 92],
    'pale gold': [232, 212, 160],
    'off white': [248, 246, 241],
    alabaster: [242, 240, 230],
    'snow white': [255, 255, 255],
    'pure white': [255, 255, 255],
    'jet black': [8, 8, 9],
    'matte black': [24, 24, 25],
  } satisfies Record<string, Rgb>),
);

const isHexadecimal = (word: string): boolean => /^(?:[0-9a-f]{3}|[0-9a-f]{4}|[0-9a-f]{6}|[0-9a-f]{8})$/.test(word);

/** A colour's name, `#rgb`, `#rrggbb`, either with two more digits of opacity, or `transparent`; null for anything else. */
export const parseBackground = (text: string): Background | null => {
  const word = text.trim().toLowerCase().replace(/\s+/g, ' ');
  if (TRANSPARENT.test(word)) return 'transparent';
  const digits = word.replace(/^#/, '');
  if (word.startsWith('#') && isHexadecimal(digits)) return ofHexadecimal(digits);
  return colourOf(word) ?? shadeOf(word);
};

const colourOf = (word: string): Rgb | null =>
  MORE_COLOURS.get(word.replace(/[_-]+/g, ' ').replace(/\bgray\b/, 'grey')) ?? parseColour(word);

const SHADE = /^(dark|light)(er)?[\s_-]+(.+)$/;
/** Share of the way to black or to white. */
const SHADED = { dark: 0.4, darker: 0.2, light: 0.5, lighter: 0.35 };

/** A darker or lighter colour than one that has a name: "dark teal", "lighter grey". */
const shadeOf = (word: string): Rgb | null => {
  const [, way, more, name = ''] = SHADE.exec(word) ?? [];
  if ((way !== 'dark' && way !== 'light') || isHexadecimal(name)) return null;
  const named = colourOf(`${way} ${name}`);
  const plain = colourOf(name);
  if (named || !plain) return named;
  const share = SHADED[more ? (`${way}er` as const) : way];
  const shaded = (level: number): number => Math.round(level + share * ((way === 'dark' ? 0 : 255) - level));
  return [shaded(plain[0]), shaded(plain[1]), shaded(plain[2])];
};

/** An opacity of nothing is transparent; any other is left out, since a background is either there or not. */
const ofHexadecimal = (digits: string): Background | null => {
  const short = digits.length <= 4;
  const opacity = short ? digits.slice(3) : digits.slice(6);
  return opacity !== '' && /^0+$/.test(opacity) ? 'transparent' : parseColour(`#${digits.slice(0, short ? 3 : 6)}`);
};

/** A background that a text names, and where the words are in it (`end` exclusive). */
export interface BackgroundPhrase {
  background: Background;
  start: number;
  end: number;
}

/** Most words in a colour's name. */
const LONGEST_NAME = 3;

/** Every colour that a text (lower case) names, longest names first at each place; "transparent" too. */
export const backgroundPhrases = (text: string): BackgroundPhrase[] => {
  const phrases: BackgroundPhrase[] = [];
  const transparent = TRANSPARENT_WORDS.exec(text);
  if (transparent) phrases.push({ background: 'transparent', start: transparent.index, end: transparent.index + transparent[0].length });
  const words = [...text.matchAll(/black-and-white|#?[\p{L}\p{N}]+/gu)];
  for (let at = 0; at < words.length; at++) {
    for (let count = Math.min(LONGEST_NAME, words.length - at); count >= 1; count--) {
      const first = words[at];
      const last = words[at + count - 1];
      if (!first || !last) continue;
      const start = first.index;
      const end = last.index + last[0].length;
      const name = text.slice(start, end);
      const isColour = !isHexadecimal(name) && (name !== 'none' || NONE_OF_IT.test(text));
      const background = isColour ? parseBackground(name) : null;
      if (!background) continue;
      phrases.push({ background, start, end });
      at += count - 1;
      break;
    }
  }
  return phrases;
};
