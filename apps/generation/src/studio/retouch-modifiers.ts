import { isFault } from './retouch-descriptions';
import { COURTESY, FILLER, THINGS } from './retouch-fillers';

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
  /** "too little", "too low" */
  tooLittle: boolean;
  /** "enough" */
  enough: boolean;
  /** "as … as", "so" behind a negation */
  asMuch: boolean;
  /** words of its own turn it, so that a negation before "and" does not reach it */
  comparative: boolean;
}

const NOT = /\b(?:not|don't|never|no|without|avoid|nor|neither|stop|isn't)\b/;
/** It refuses what follows and nothing else: "silver instead of gold and brighter". */
const INSTEAD_OF = /\b(?:instead of|rather than)\b/;
const LESS =
  /\b(?:less|fewer|weaker|half (?:as|the)|reduc\w*|decreas\w*|low(?:er|ered|ering)?|minimi[sz]e\w*|cut|drop|dial(?:ed)? (?:it )?(?:down|back)|tone (?:it )?down|turn(?:ed)? (?:it )?down|bring (?:it )?down|take (?:it )?down)\b/;
const LESS_BEHIND = /^\s*(?:down|back|off)\b/;
/** "remove the warmth": less of it. "Remove the dark spots" is no wish for light, so that it holds for names of qualities only. */
const REMOVED = /\b(?:remove|take (?:away|out|off)|get rid of|eliminate|lose)\s+(?:(?:the|its|this|that|any|all|some|of)\s+)*$/;
const QUALITY = /(?:ness|warmth|ity|ion|ncy|nce|contrast|blur|glow|shine|tint|cast|tinge|hue)s?$/;
/** A sign, not a dash: "brightness -20 %" */
const MINUS = /(?<!\S)-(?=\d)/;
const IS_TOO = '^\\s*(?:(?:is|are|looks?|seems?|a|bit|little|much|way|far)\\s+)*(?:too|overly)\\s+';
const TOO_LITTLE_BEHIND = new RegExp(`${IS_TOO}(?:little|low|few|weak|faint)\\b`);
const TOO_MUCH_BEHIND = new RegExp(`${IS_TOO}(?:high|much|strong|heavy|intense|harsh)\\b`);
/** Here "much" and "strong" tell which way, not how far. */
const TOO_MUCH = /\b(?:too|overly|less) (?:much|many|strong)\b/g;
const TOO_LITTLE = /\btoo (?:little|low|few|weak)\b/;
const TOO = /\b(?:too|overly|excessively)\b/;
const ENOUGH_BEHIND = /^\s*enough\b/;
const ENOUGH_BEFORE = /\benough\s*$/;
const AS_MUCH = /\b(?:as|so|that)\s*$/;
const SLIGHTLY =
  /\b(?:slight(?:ly|est)?|subt(?:le|ly)|(?:a |the )?(?:little|tiny|wee) bit|(?:a|the) (?:bit|little|touch|tad|hint|smidge|smidgen|hair|notch|shade)|bit|little|tad|gently|gentle|somewhat|mildly|barely|a few)\b/;
const MUCH =
  /\b(?:much|very|a lot|lots|far|strong(?:ly)?|really|significantly|extremely|considerably|way|super|drastically|greatly|heavily|dramatically|substantially|markedly|noticeably|intensely|quite a bit|a great deal)\b/;
const PERCENT = /(?:\bby\s+)?-?(\d+(?:\.\d+)?)\s*(?:%|percent\b)/;
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

/** Whether what a word names is to be away and is nothing that there could be less of: "remove the details", "remove dark spots". */
export const isRemoved = (lead: string, text: string): boolean => REMOVED.test(lead) && !QUALITY.test(text);

/** Reads the words before, behind and within a wish. */
export const modifiersIn = (lead: string, trail: string, text = ''): Modifiers => {
  const negated = NOT.test(lead) || INSTEAD_OF.test(lead);
  const tooLittle = TOO_LITTLE.test(lead) || TOO_LITTLE_BEHIND.test(trail);
  return {
    // "too little" tells which way, not how far
    degree: tooLittle ? 1 : degreeIn(`${lead} ${text} ${trail}`.replace(TOO_MUCH, ' '), negated),
    negated,
    less: LESS.test(lead) || LESS_BEHIND.test(trail) || MINUS.test(`${lead} ${trail}`) || REMOVED.test(lead) || isFault(lead, text),
    too: TOO.test(lead) || TOO_MUCH_BEHIND.test(trail),
    tooLittle,
    enough: ENOUGH_BEHIND.test(trail) || ENOUGH_BEFORE.test(lead),
    asMuch: AS_MUCH.test(lead),
    comparative: /\b(?:more|less|make|add|turn|put|give|use|set|be)\b/.test(lead),
  };
};

/** Whether a negation before a wish is also for what "and" joins to it. */
export const negatesWhatFollows = (lead: string): boolean => NOT.test(lead);

/** 1 = as the word says, -1 = the other way, 0 = not at all. */
export const directionOf = ({ negated, less, too, tooLittle, enough, asMuch, degree }: Modifiers, text: string): -1 | 0 | 1 => {
  // "not bright enough" asks for more, "too bright" for less, "not too bright" for neither
  if (enough) return negated ? 1 : 0;
  if (tooLittle) return negated ? 0 : 1;
  if (too) return negated ? 0 : -1;
  if (negated && asMuch) return -1;
  if (negated && degree === 0.5 && /(?:er|more\b.*)$/.test(text)) return less ? -1 : 1;
  if (negated) return 0;
  return less ? -1 : 1;
};

/** "the ring", "my gold necklace": what is there already. */
const WHAT_IS_THERE = new RegExp(
  `\\b(?:the|this|that|these|those|my|its|our|your|whole|entire)(?: (?:${THINGS.join('|')}))+(?![\\p{L}])`,
  'gu',
);
const SHORT_VERB = /'(?:s|m|re|ve|ll|d)$/;

/** What is left of a text beside an understood wish that no modifier and no filler explains. */
export const withoutModifiers = (text: string): string => {
  let rest = text.replace(PERCENT, ' ').replace(TOO_MUCH_BEHIND, ' ').replace(TOO_LITTLE_BEHIND, ' ').replace(REMOVED, ' ');
  for (const pattern of [LESS, SLIGHTLY, MUCH, TIMES, TOO, INSTEAD_OF, NOT]) rest = rest.replace(new RegExp(pattern.source, 'g'), ' ');
  return wordsBeside(FILLER, rest.replace(/^\s*(?:down|back|off)\b/, ' '));
};

/** What a clause without an understood wish asks for nevertheless; empty for one that is polite, or about degree only. */
export const unmetIn = (text: string): string => {
  let rest = text.replace(PERCENT, ' ').replace(WHAT_IS_THERE, ' ');
  for (const pattern of [SLIGHTLY, MUCH, TIMES, TOO]) rest = rest.replace(new RegExp(pattern.source, 'g'), ' ');
  return wordsBeside(COURTESY, rest);
};

const wordsBeside = (silent: ReadonlySet<string>, text: string): string => {
  const isSilent = (word: string): boolean => silent.has(word) || silent.has(word.replace(SHORT_VERB, ''));
  const left = text.split(/[\s|]+/).filter((word) => word !== '' && !isSilent(word.replace(/^['"(]+|['")]+$/g, '')));
  return left.some((word) => /[\p{L}\p{N}]/u.test(word)) ? left.join(' ') : '';
};
