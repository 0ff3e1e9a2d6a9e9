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
const PLATED = '(?:[ -]plat(?:ed|ing))?';
const accent = (metal: Accent, words: string): Entry =>
  // "the gold" and "this gold ring" are what is there; "gold accents", "in gold" is a wish. Less of a metal is no other metal.
  entry(
    `(?<!\\b(?:the|my|its|our) )(?<!\\b(?:this|that|these|those) (?=(?:${words})${PLATED} ${PIECE}\\b))(?:${words})${PLATED}`,
    (adjustments, amount) => {
      if (amount > 0) adjustments.accent = metal;
    },
  );

const SOFTER =
  'soft(?:er|en|ened)?|light(?:er|en)?|weaker|weaken|fainter|subtler|gentler|less|fewer|reduce|reduced|smaller|diffuse|fade|faded';
const STRONGER =
  'strong(?:er)?|strengthen|dark(?:er|en)?|deep(?:er|en)?|hard(?:er)?|more|heav(?:y|ier)|bigger|increase|pronounced|prominent|visible|harsh|add|with|(?:put|give it|cast)(?= (?:an?|some) )';
/** Behind "shadow": in "less dark" the word to turn is "dark". */
const BETWEEN = '(?<between>(?:\\p{L}+ ){0,3})';
const ITS = '(?:(?:the|its|this|that|these|those|my|a|an|any|all|of|some|contact|drop|cast|much|bit) )*';
/** "Drop the shadow", but "add a drop shadow". */
const NO_MORE =
  'no|without|remove|delete|drop(?= (?:the|its|this|that|any|all|my) )|lose|hide|erase|eliminate|kill|(?:turn|switch|take) off|take (?:away|out)|get rid of';
const SOFT_ONE =
  '(?:add|put|give it|give the \\p{L}+|cast|create|place) (?:(?:an?|some|very|nice|just) )*(?:(?:soft|light|faint|subtle|gentle|slight|natural|delicate) ?)+(?:(?:contact|drop|cast) )?shadows?';

const MORE_OF =
  'more|stronger|bolder|deeper|boost|increase|raise|crank up|turn up|enhance|intensify|strengthen|add|bring out|pump up|not enough|too little';
const LESS_OF = 'less|fewer|reduce|decrease|lower|weaker|soften|tame|tone down|turn down|too much|too many';
/** As such: "colour contrast" and "the colour of the stone" are other things. */
const THE_COLOURS = 'colours?(?! (?:contrast|temperature|balance|accents?|of))';
const COLOURS_ARE_TOO = 'colours? (?:(?:are|is|look|looks|seem|seems|a|bit|little|far|way|much) )*too';
/** Words between "light" and what it is. */
const LIGHT_IS = '(?:light|lighting) (?<between>(?:(?:is|looks|a|bit|little|much|too|very|more|less|slightly|not) )*)';
/** Of the light, not of a stone or of a metal's name. */
const NOT_OF_STONE = '(?<!\\b(?:stones?|gems?|gemstones?|diamonds?|sapphires?|pearls?|enamel)\\b.*)(?<=\\b(?:more|less|too|so|as) )';
const TINT = '(?:tint|cast|tinge|hue)s?';
const EMPTY_SPACE = '(?:(?:white|empty|free|blank|breathing) )?(?:space|room|margins?)(?: around(?: (?:it|the \\p{L}+))?)?';

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
    `(?:${NO_MORE}) ${ITS}shadows?|(?:remove|delete|hide|erase|get rid of) ${ITS}(?:(?:dark|black|hard|harsh|strong|heavy|soft|ugly) )+shadows?|don't (?:want|need) ${ITS}shadows?(?! (?:that|so|as|to)\\b)|shadows?:? (?:off(?![- ]white)|none)|` +
      `shadow[- ]?less(?! (?:${SOFTER}|${STRONGER})(?!\\p{L}))|shadow-? ?free`,
    (adjustments) => {
      adjustments.shadow = -Infinity;
    },
  ),
  entry(SOFT_ONE, (adjustments, amount) => {
    adjustments.shadow += Math.min(amount, 0.5);
  }),
  lowers('shadow', `(?:${SOFTER}) ${ITS}shadows?|shadows?:? ${BETWEEN}(?:${SOFTER})(?! (?:${SOFTER}|${STRONGER})(?!\\p{L}))`),
  raises('shadow', `(?:${STRONGER}) ${ITS}shadows?|shadows?:? ${BETWEEN}(?:${STRONGER})(?! (?:${SOFTER}|${STRONGER})(?!\\p{L}))`),
  entry(
    'monochrome|black-and-white|b ?[&/] ?w|gr[ae]y-?scale|(?:no|without) colours?|zero saturation|saturation (?:to |at )?(?:0|zero)(?![\\d.%]| ?%)|remove (?:(?:all|the) )*colours?(?! (?:casts?|of))',
    (adjustments, amount) => {
      if (amount > 0) adjustments.saturation = -Infinity;
    },
  ),
  raises('saturation', `(?:${MORE_OF}) ${ITS}${THE_COLOURS}|colours? (?:stronger|bolder|deeper)|${COLOURS_ARE_TOO} (?:weak|pale|faint)`),
  lowers(
    'saturation',
    `(?:${LESS_OF}) ${ITS}${THE_COLOURS}|(?:tone|turn|bring|dial) ${ITS}colours? down|${COLOURS_ARE_TOO} (?:strong|intense|loud|bright|much)`,
  ),
  lowers('contrast', `soft(?:er|en)? (?:(?:the|its) )?(?:light|lighting)|${LIGHT_IS}soft(?:er)?`),
  raises('contrast', `(?:hard|harsh)(?:er)? (?:light|lighting)|${LIGHT_IS}(?:hard|harsh)(?:er)?`),
  raises('brightness', '(?:more|add|not enough|too little) light(?:ing)?'),
  lowers('brightness', '(?:less|too much) light(?:ing)?'),
  raises('warmth', 'golden (?:light|hour|glow)'),
  raises('warmth', `yellower|${NOT_OF_STONE}yellow(?:ish)?(?! (?:gold|background|backdrop|ground))|yellow(?:ish)? ${TINT}`),
  lowers('warmth', `(?<!more )${NOT_OF_STONE}blue(?:ish)?(?! (?:background|backdrop|ground))|blue(?:ish)? ${TINT}`),
  accent('rose gold', '(?:rose|pink|red)[ -]gold(?:en)?|copper'),
  accent('silver', 'silver(?:y)?|white[ -]gold|platinum'),
  accent('gold', '(?<!(?:rose|pink|red|white|yellow|black|green|blue)[ -])(?:yellow[ -])?gold(?:en)?'),
  raises(
    'zoom',
    'zoom(?:ed|ing)?(?: it)? in|zoom(?! out)|(?:(?:move|come|go|get|zoom) (?:in )?)?close-?r(?: in| up)?|close-? ?up|move in|bigger|larger|enlarge[ds]?|crop(?:ped)? (?:in )?(?:closer|tighter)|crop(?:ped)? in|tighter(?: crop| framing)?|' +
      `(?:less|reduce|too much) (?:the )?${EMPTY_SPACE}`,
  ),
  lowers(
    'zoom',
    'zoom(?:ed|ing)?(?: it)? out|smaller|shrink|(?:further|farther) (?:away|back|out)|move (?:out|back|away)|wider|(?:more|extra|add|not enough|too little) (?:air|' +
      `${EMPTY_SPACE})(?: around)?`,
  ),
  entry(
    `(?:rotat(?:e|ed|ion)|tilt(?:ed)?|spin)${AROUND}|turn(?:ed)?(?: (?:it|this|that|the \\p{L}+))?(?: (?:by|to the|a|${ANGLE}|slightly|little|bit))* ?(?:${DIRECTION}|upside[- ]down|\\d+ ?(?:°|degrees?\\b)|(?:45|90|180|270)\\b(?! ?(?:%|percent))|quarter turn|half turn)${AROUND}|(?<!flip(?:ped)?(?: (?:it|the \\p{L}+))? )upside[- ]down`,
    (adjustments, amount, text) => {
      adjustments.rotation += turned(text, amount);
    },
  ),
  entry(
    'mirror(?:ed)?(?: (?:it|the \\p{L}+))?(?: (?:horizontally|vertically|left(?: to |-)right))?|flip(?:ped)?(?: (?:it|the \\p{L}+))?(?: (?:horizontally|vertically|upside[- ]down|left(?: to |-)right))?',
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
  raises(
    'sharpness',
    'sharp(?:er|en|ened|ness)?|crisp(?:er|ness)?|clear(?:er|ly)?|clarity|detail(?:s|ed)?|(?<!soft )focus(?:ed)?(?! (?:more |only )?on\\b)',
  ),
  lowers('sharpness', 'soft focus|soft(?:er|en|ness)?|smooth(?:er)?|blur(?:red|ry|rier)?|dreamy'),
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
