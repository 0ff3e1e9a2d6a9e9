/** How the words around a wish change it. */
export interface Modifiers {
  /** 1 = as the word says, 0.5 = slightly, 1.7 = much */
  degree: number;
  /** "not", "don't", "without" */
  negated: boolean;
  /** "less", "reduce", "down" */
  less: boolean;
  /** "too" */
  too: boolean;
  /** "enough" */
  enough: boolean;
  /** "as … as", "so" behind a negation */
  asMuch: boolean;
  /** words of its own turn it, so that a negation before "and" does not reach it */
  comparative: boolean;
}

const NOT = /\b(?:not|don't|never|no|without|avoid|nor|neither|stop|isn't)\b/;
const LESS =
  /\b(?:less|fewer|reduc\w*|decreas\w*|lower(?:ed|ing)?|minimi[sz]e\w*|cut|drop|dial(?:ed)? (?:it )?(?:down|back)|tone (?:it )?down|turn(?:ed)? (?:it )?down|bring (?:it )?down|take (?:it )?down)\b/;
const LESS_BEHIND = /^\s*(?:down|back|off)\b/;
const TOO = /\b(?:too|overly|excessively)\b/;
const ENOUGH = /^\s*enough\b/;
const AS_MUCH = /\b(?:as|so|that)\s*$/;
const SLIGHTLY =
  /\b(?:slight(?:ly|est)?|subt(?:le|ly)|(?:a |the )?(?:little|tiny|wee) bit|(?:a|the) (?:bit|little|touch|tad|hint|smidge|shade)|bit|little|tad|gently|gentle|somewhat|mildly|barely|a few)\b/;
const MUCH =
  /\b(?:much|very|a lot|lots|far|strong(?:ly)?|really|significantly|extremely|considerably|way|super|drastically|greatly|heavily|dramatically|substantially|markedly|noticeably|intensely|quite a bit|a great deal)\b/;
const PERCENT = /\b(?:by\s+)?(\d+(?:\.\d+)?)\s*(?:%|percent\b)/;
/** Percent of one step. */
const STEP = 25;
const TIMES = /\b(?:twice|double)\b/;

const degreeIn = (text: string, negated: boolean): number => {
  const percent = PERCENT.exec(text)?.[1];
  if (percent !== undefined) return Math.min(3, Number(percent) / STEP);
  if (SLIGHTLY.test(text) && !/\bquite a bit\b/.test(text)) return /\bvery\b/.test(text) ? 0.3 : 0.5;
  if (TIMES.test(text)) return 2;
  // "not much brighter" is a little brighter, not the opposite of much
  return MUCH.test(text) ? (negated ? 0.5 : 1.7) : 1;
};

/** Reads the words before, behind and within a wish. */
export const modifiersIn = (lead: string, trail: string, text = ''): Modifiers => {
  const negated = NOT.test(lead);
  return {
    degree: degreeIn(`${lead} ${text} ${trail}`, negated),
    negated,
    less: LESS.test(lead) || LESS_BEHIND.test(trail),
    too: TOO.test(lead),
    enough: ENOUGH.test(trail),
    asMuch: AS_MUCH.test(lead),
    comparative: /\b(?:more|less|make|add|turn|put|give|use|set|be)\b/.test(lead),
  };
};

/** 1 = as the word says, -1 = the other way, 0 = not at all. */
export const directionOf = ({ negated, less, too, enough, asMuch, degree }: Modifiers, text: string): -1 | 0 | 1 => {
  // "not bright enough" asks for more, "too bright" for less, "not too bright" for neither
  if (enough) return negated ? 1 : 0;
  if (too) return negated ? 0 : -1;
  if (negated && asMuch) return -1;
  if (negated && degree === 0.5 && /(?:er|more\b.*)$/.test(text)) return less ? -1 : 1;
  if (negated) return 0;
  return less ? -1 : 1;
};

/** Words that a wish may be wrapped in: they say nothing by themselves. */
const FILLER = new Set(
  `please kindly could would can you i we i'd like want need wish make makes making made it its this that these those the a an is are be been have has had having get
  give gives with of in on to into for at by from as so than such more most even just also only now again still all overall whole entire
  picture image photo photograph shot scene frame look looks looking appear appearance feel feeling seem effect tone tones result version
  some any add adding apply use using set change changes changing turn turned turning put bring do does go let increase increased increasing boost raise enhance improve
  up out one thing things bit little please thanks thank hello hi ok okay yes well too enough very much quite rather really lot lots
  ornament ornaments piece pieces jewellery jewelry jewel jewels product item items ring rings band bands necklace necklaces pendant pendants earring earrings bracelet
  bracelets bangle bangles chain chains brooch brooches watch stone stones gem gems gemstone gemstones diamond diamonds sapphire ruby emerald pearl pearls metal metals
  gold golden silver platinum copper steel jewelled accent accents detail finish colour colours coloured light lighting my our your me us what which who there here will should shall must may might
  slightly same level levels overly not no don't without never less fewer and or degree degrees percent`.split(/\s+/),
);

/** What is left of a text that no modifier and no filler explains. */
export const withoutModifiers = (text: string): string => {
  let rest = text.replace(PERCENT, ' ');
  for (const pattern of [LESS, SLIGHTLY, MUCH, TIMES, TOO, NOT]) rest = rest.replace(new RegExp(pattern.source, 'g'), ' ');
  rest = rest.replace(/^\s*(?:down|back|off)\b/, ' ');
  const words = rest.split(/[\s|]+/).filter((word) => word !== '' && !FILLER.has(word.replace(/^['"(]+|['")]+$/g, '')));
  return words.some((word) => /[\p{L}\p{N}]/u.test(word)) ? words.join(' ') : '';
};
