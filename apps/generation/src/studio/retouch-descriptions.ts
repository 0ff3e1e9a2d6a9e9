import { COURTESY, THINGS } from './retouch-fillers';

/** "it's dark", "the ring looks a bit blurry": a fault is told for its opposite. */
const STATED =
  /^\s*(?:(?:because|since|also|now|unfortunately|sorry|i think|i find) )*(?:(?:it|this|everything|(?:the|this|that|these|those|my|its)(?: \p{L}+){0,2}) ?)?(?:'s|\s*(?:is|are|looks?|seems?|appears?))(?: (?:a|bit|little|rather|quite|very|so|really|pretty|all|now|still|somewhat|slightly))*\s*$/u;
const FAULT = /(?:^|\s)(?:dark|dim|blurr(?:y|ed)|dull|flat|faded|underexposed|strong|hard|harsh|heavy)$/;

/** Whether words tell of a fault rather than ask for it. */
export const isFault = (lead: string, text: string): boolean => STATED.test(lead) && FAULT.test(text);

/** Adjectives that may describe what is there: "the dark spots", "the bright ring". */
const DESCRIBING =
  '(?:bright|dark|dim|moody|flat|matte|vibrant|vivid|saturated|colourful|rich|muted|pastel|faded|dull|warm|cool|cold|sunny|icy|sharp|crisp|clear|soft|smooth|' +
  'blurr(?:ed|y)|shiny|glowing|dramatic|intense|punchy|detailed)';
const ONE_WORD = new RegExp(`^${DESCRIBING}$`);
const POINTED_AT = new RegExp(
  `\\b(?:the|this|that|these|those|my|its|your|our|any|(?:on|onto|upon|against)(?: an?)?)\\s+(?:(?:very|so|rather|quite|really|${DESCRIBING})\\s+)*$`,
);
const DESCRIBING_THING = new RegExp(
  `(?<=\\b(?:the|this|that|these|those|my|its|your|our) )${DESCRIBING} (?=(?:${THINGS.join('|')})(?![\\p{L}]))`,
  'gu',
);

/** "the bright ring" is the ring, which may be wished to be darker. */
export const withoutDescriptions = (text: string): string => text.replace(DESCRIBING_THING, '');

/** Whether a word is no wish but tells which thing is meant: "the dark spots". */
export const describesThing = (lead: string, text: string, trail: string): boolean => {
  const [, next] = /^\s+([\p{L}'-]+)/u.exec(trail) ?? [];
  return next !== undefined && !COURTESY.has(next) && ONE_WORD.test(text) && POINTED_AT.test(lead);
};
