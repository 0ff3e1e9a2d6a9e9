import type { Accent, Adjustments } from './adjustments';
import { PIECE } from './piece-words';

/** A wish that the vocabulary knows, found in a clause. */
export interface Hit {
  start: number;
  end: number;
  text: string;
  /** words within it that modify it: "too" in "shadow is too dark" */
  between: string;
  /** @param amount 1 = as the word says, more = stronger, below 0 = the other way */
  apply: (adjustments: Adjustments, amount: number) => void;
}

interface Entry {
  words: RegExp;
  apply: (adjustments: Adjustments, amount: number, text: string) => void;
}

type Quantity = 'brightness' | 'contrast' | 'saturation' | 'warmth' | 'sharpness' | 'shadow' | 'zoom';

const entry = (words: string, apply: Entry['apply']): Entry => ({ words: new RegExp(`\\b(?:${words})(?![\\p{L}])`, 'gu'), apply });
const raises = (quantity: Quantity, words: string): Entry =>
  entry(words, (adjustments, amount) => {
    adjustments[quantity] += amount;
  });
const lowers = (quantity: Quantity, words: string): Entry =>
  entry(words, (adjustments, amount) => {
    adjustments[quantity] -= amount;
  });
const accent = (metal: Accent, words: string): Entry =>
  // "the gold" and "this gold ring" are what is there; "gold accents", "in gold" is a wish. Less of a metal is no other metal.
  entry(`(?<!\\b(?:the|my|its|our) )(?<!\\b(?:this|that|these|those) (?=(?:${words}) ${PIECE}\\b))(?:${words})`, (adjustments, amount) => {
    if (amount > 0) adjustments.accent = metal;
  });

const SOFTER =
  'soft(?:er|en|ened)?|light(?:er|en)?|weaker|weaken|fainter|subtler|gentler|less|fewer|reduce|reduced|smaller|diffuse|fade|faded';
const STRONGER =
  'strong(?:er)?|strengthen|dark(?:er|en)?|deep(?:er|en)?|hard(?:er)?|more|heav(?:y|ier)|bigger|increase|pronounced|prominent|visible|harsh|add|with';
/** Behind "shadow": in "less dark" the word to turn is "dark". */
const BETWEEN = '(?<between>(?:\\p{L}+ ){0,3})';
const ITS = '(?:(?:the|its|a|an|any|all|of|some|contact|drop|cast|much|bit) )*';

const MORE_OF = 'more|stronger|bolder|deeper|boost|increase|raise|enhance|intensify|strengthen|add|bring out|pump up|not enough|too little';
const LESS_OF = 'less|fewer|reduce|decrease|lower|weaker|soften|tame|tone down|turn down|too much|too many';
/** As such: "colour contrast" and "the colour of the stone" are other things. */
const THE_COLOURS = 'colours?(?! (?:contrast|temperature|balance|accents?|of))';

/** One step of a turn without a number, degrees; a "slight" one is a tilt. */
const turned = (text: string, amount: number): number => {
  const number = /(-?\d+(?:\.\d+)?)/.exec(text)?.[1];
  const back = /\b(?:left|counter-?\s?clockwise|anti-?\s?clockwise)\b/.test(text) ? -1 : 1;
  if (/upside|half/.test(text)) return 180;
  if (number !== undefined) return back * Number(number) * Math.sign(amount);
  if (/^tilt/.test(text)) return back * 8 * amount;
  return back * (Math.abs(amount) < 1 ? 5 * Math.sign(amount) : 90);
};

const DIRECTION = '(?:left|right|counter-? ?clockwise|anti-? ?clockwise|clockwise)';
const ANGLE = '-?\\d+(?:\\.\\d+)? ?(?:°|degrees?\\b|deg\\b)?';
const AROUND = `(?: (?:it|the (?:\\p{L}+)|this|that|by|to the|to|a|${ANGLE}|${DIRECTION}|slightly|bit|little|half|quarter|full|turn|upside[- ]down))*`;

/** In order: what stands first wins where two match at one place. */
const ENTRIES: readonly Entry[] = [
  entry(
    `(?:no|without|remove|delete|drop|lose|hide|erase|eliminate|take (?:away|off|out)|get rid of) ${ITS}shadows?|shadow[- ]?less(?! (?:${SOFTER}|${STRONGER})(?!\\p{L}))|shadow-? ?free`,
    (adjustments) => {
      adjustments.shadow = -Infinity;
    },
  ),
  lowers('shadow', `(?:${SOFTER}) ${ITS}shadows?|shadows? ${BETWEEN}(?:${SOFTER})(?! (?:${SOFTER}|${STRONGER})(?!\\p{L}))`),
  raises('shadow', `(?:${STRONGER}) ${ITS}shadows?|shadows? ${BETWEEN}(?:${STRONGER})(?! (?:${SOFTER}|${STRONGER})(?!\\p{L}))`),
  entry(
    'monochrome|black-and-white|b&w|gr[ae]y-?scale|(?:no|without) colours?|remove (?:(?:all|the) )*colours?(?! (?:casts?|of))',
    (adjustments, amount) => {
      if (amount > 0) adjustments.saturation = -Infinity;
    },
  ),
  raises('saturation', `(?:${MORE_OF}) ${ITS}${THE_COLOURS}|colours? (?:stronger|bolder|deeper)`),
  lowers('saturation', `(?:${LESS_OF}) ${ITS}${THE_COLOURS}|(?:tone|turn|bring|dial) ${ITS}colours? down`),
  lowers('contrast', 'soft(?:er)? (?:light|lighting)'),
  raises('contrast', 'hard(?:er)? (?:light|lighting)|harsh(?:er)? (?:light|lighting)'),
  raises('brightness', '(?:more|add|not enough|too little) light(?:ing)?'),
  lowers('brightness', '(?:less|too much) light(?:ing)?'),
  raises('warmth', 'golden (?:light|hour|glow)'),
  accent('rose gold', '(?:rose|pink|red)[ -]gold(?:en)?|copper'),
  accent('silver', 'silver(?:y)?|white[ -]gold|platinum'),
  accent('gold', '(?<!(?:rose|pink|red|white|yellow)[ -])(?:yellow[ -])?gold(?:en)?'),
  raises(
    'zoom',
    'zoom(?:ed|ing)?(?: it)? in|zoom(?! out)|close-?r(?: in| up)?|close-? ?up|move in|bigger|larger|enlarge[ds]?|crop(?:ped)? (?:in|closer|tighter)|tighter(?: crop| framing)?',
  ),
  lowers(
    'zoom',
    'zoom(?:ed|ing)?(?: it)? out|smaller|shrink|(?:further|farther) (?:away|back|out)|move (?:out|back|away)|wider|(?:more|extra|add) (?:space|room|air|margins?)(?: around)?',
  ),
  entry(
    `(?:rotat(?:e|ed|ion)|tilt(?:ed)?|spin)${AROUND}|turn(?:ed)?(?: (?:it|this|that|the \\p{L}+))?(?: (?:by|to the|a|${ANGLE}|slightly|little|bit))* ?(?:${DIRECTION}|upside[- ]down|\\d+ ?(?:°|degrees?\\b)|quarter turn|half turn)${AROUND}|(?<!flip(?:ped)?(?: (?:it|the \\p{L}+))? )upside[- ]down`,
    (adjustments, amount, text) => {
      adjustments.rotation += turned(text, amount);
    },
  ),
  entry(
    'mirror(?:ed)?(?: it)?(?: (?:horizontally|vertically))?|flip(?:ped)?(?: (?:it|the \\p{L}+))?(?: (?:horizontally|vertically|upside[- ]down))?',
    (adjustments, amount, text) => {
      if (amount > 0) adjustments.mirror = /vertical|upside/.test(text) ? 'vertical' : 'horizontal';
    },
  ),
  entry('square(?![- ]cut)(?: (?:crop|frame|framing|format))?|1:1', (adjustments, amount) => {
    if (amount > 0) adjustments.square = true;
  }),
  raises(
    'brightness',
    'bright(?:er|en|ened|ness|ly)?|light(?:er|en|ened)|exposure|luminous|glow(?:ing|y)?|lighten up|lighter|radiant|shin(?:e|y|ier|ing)',
  ),
  lowers('brightness', 'dark(?:er|en|ened|ness)?|dim(?:mer|med)?|moody|moodier|underexposed'),
  raises('contrast', 'contrast(?:y|ed|s)?|punch(?:y|ier)|dramatic|definition'),
  lowers('contrast', 'flat(?:ter|ten)?|matte'),
  raises(
    'saturation',
    'vibran(?:t|ce|cy)|vivid(?:ness)?|saturat(?:e|ed|ion)|colou?rful(?:ness)?|rich(?:er|ness)?|intense|intensity|pop(?:s|ping)?|colour intensity',
  ),
  lowers('saturation', 'mute(?:d)?|desaturat(?:e|ed|ion)|pastel|faded|subdued|dull(?:er)?|toned down'),
  raises('warmth', 'warm(?:er|th|ly)?|sunny|sunnier|cos(?:y|ier)'),
  lowers('warmth', 'cool(?:er|ness)?|cold(?:er|ness)?|icy|icier|bluish'),
  raises('sharpness', 'sharp(?:er|en|ened|ness)?|crisp(?:er|ness)?|clear(?:er|ly)?|clarity|detail(?:s|ed)?|focus(?:ed)?'),
  lowers('sharpness', 'soft(?:er|en|ness)?|smooth(?:er)?|blur(?:red|ry|rier)?|dreamy'),
];

/** All wishes of a clause, from left to right; none overlaps another. */
export const hitsIn = (clause: string): Hit[] => {
  const hits: (Hit & { rank: number })[] = [];
  ENTRIES.forEach(({ words, apply }, rank) => {
    for (const match of clause.matchAll(words)) {
      const [text] = match;
      hits.push({
        start: match.index,
        end: match.index + text.length,
        text,
        between: match.groups?.['between'] ?? '',
        rank,
        apply: (adjustments, amount) => apply(adjustments, amount, text),
      });
    }
  });
  hits.sort((one, other) => one.rank - other.rank || one.start - other.start);
  const chosen: Hit[] = [];
  for (const hit of hits) if (chosen.every(({ start, end }) => hit.end <= start || hit.start >= end)) chosen.push(hit);
  return chosen.sort((one, other) => one.start - other.start);
};
