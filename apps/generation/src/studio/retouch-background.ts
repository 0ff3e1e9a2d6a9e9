import { backgroundPhrases, type Background, type BackgroundPhrase } from './background-wish';
import { PIECE } from './piece-words';

/** What a clause says of the background, and the clause without it. */
export interface BackgroundWords {
  /** `refused`: a background that is not to be ("not on navy"); `unknown`: the background is spoken of, but not what it is to be */
  background: { asked: 'no' | 'refused' | 'unknown' | 'colour'; colour: Background | null };
  /** the words about the background are one `|` */
  rest: string;
}

const GROUND = /\b(?:background|backdrop|ground)\b/;
/** Words that lead to what a piece is before. */
const ONTO = 'on|onto|upon|against|in front of';
/** Words for a ground's look that name no colour. */
const LOOK =
  'plain|solid|pure|clean|even|simple|neutral|seamless|soft|deep|warm|cool|pale|rich|matte|smooth|bright|muted|subtle|calm|elegant|nice|beautiful';
/** What a ground may be made of, between its colour and "background". */
const STUFF_OF_GROUND = 'velvet|silk|satin|paper|fabric|linen|leather|suede|marble|wall|gradient|textured|studio|toned?|shade|hue';
const ON = new RegExp(`\\b(?:${ONTO})\\s+(?:an?\\s+|the\\s+)?(?:(?:${LOOK})\\s+)*$`);
/** "remove the background and replace it with white" */
const REPLACED = new RegExp(`\\breplaced? (?:it|that|this) (?:with|by)\\s+(?:an?\\s+)?(?:(?:${LOOK})\\s+)*$`);
const ON_A = new RegExp(`\\b(?:${ONTO})\\s+(?:an?\\s+)?$`);
const BEHIND = /^\s*(?:behind|beneath|underneath)\b/;
/** Words between a colour and "background" that belong to them. */
const GLUE = new RegExp(
  `^(?:\\s|[:-]|\\b(?:colour|coloured|${LOOK}|${STUFF_OF_GROUND}|the|a|an|to|in|into|is|of|be|should|made|for|make|as|with|on|now|and)\\b)*$`,
);
/** Words before a colour that go with it. */
const LED_BY = new RegExp(`(?:\\b(?:${ONTO}|replaced? (?:it|that|this) (?:with|by))\\s+)?(?:\\b(?:an?|the)\\s+)?(?:\\b(?:${LOOK})\\s+)*$`);

const PIECE_NOUN = new RegExp(`\\b${PIECE}\\b`);
/** "navy" in "navy enamelled ring"; not in "navy with a ring" or "navy, make the ring brighter" */
const BEFORE_PIECE = new RegExp(
  `^(?:[\\s-]+(?!(?:background|backdrop|ground|with|on|and|for|of|to|in|at|under|behind|but|a|an|the|this|my|its|make|keep|put|show)\\b)[\\p{L}'-]+){0,2}[\\s-]+${PIECE}\\b`,
  'u',
);
/** Colours that are metals and stones: "on the gold" speaks of the piece, "on gold" of the ground. */
const STUFF =
  /^(?:(?:rose|white|yellow|pale)[ -])?(?:gold|silver|platinum|copper|bronze|brass|ruby|emerald|sapphire|amethyst|jade|pearl|stone|turquoise|coral|aquamarine)$/;

/** What refuses a background that follows it; other wishes between ("no shadow on navy") keep it from reaching that far. */
const REFUSING = new RegExp(
  "\\b(?:not|don't|never|no|without|avoid|nor|neither|stop|instead of|rather than)(?:\\s+(?:" +
    'want|like|need|think|let|get|make|making|put|putting|place|lay|set|use|using|turn|change|give|have|be|become|it|this|that|the|an?|any|its|my|' +
    `in|into|to|with|of|${ONTO}|colour|background|backdrop|ground|${PIECE}|${LOOK}))*\\s*$`,
);

const NO_BACKGROUND = { asked: 'no', colour: null } as const;
const REFUSED = { asked: 'refused', colour: null } as const;

/** Takes the wish for a background out of a clause (lower case): "background navy", "on a pale pink backdrop", "on white". */
export const backgroundOf = (clause: string): BackgroundWords => {
  const { text, refused } = withoutRefused(clause);
  const phrases = backgroundPhrases(text).filter((phrase) => !describesPiece(text, phrase));
  const ground = GROUND.exec(text);
  if (!ground) {
    const phrase = phrases.find((one) => one.background === 'transparent' || isLedToGround(text, one));
    if (!phrase) return { background: refused ? REFUSED : NO_BACKGROUND, rest: text };
    return { background: { asked: 'colour', colour: phrase.background }, rest: cut(text, phrase.start, phrase.end) };
  }
  const groundEnd = ground.index + ground[0].length;
  const phrase = phrases.find(({ start, end }) =>
    end <= ground.index ? GLUE.test(text.slice(end, ground.index)) : start < ground.index || GLUE.test(text.slice(groundEnd, start)),
  );
  if (!phrase) {
    if (refused) return { background: REFUSED, rest: cut(text, ground.index, groundEnd) };
    return { background: { asked: 'unknown', colour: null }, rest: text };
  }
  const [start, end] = [Math.min(phrase.start, ground.index), Math.max(phrase.end, groundEnd)];
  return { background: { asked: 'colour', colour: phrase.background }, rest: cut(text, start, end) };
};

/** A colour that stands by itself in a clause without a piece ("soft cream"): in a prompt for a background it is one. */
export const colourAloneIn = (clause: string): Background | null => {
  if (PIECE_NOUN.test(clause)) return null;
  const alone = backgroundPhrases(clause).find(
    (phrase) => !describesPiece(clause, phrase) && !REFUSING.test(clause.slice(0, phrase.start)),
  );
  return alone?.background ?? null;
};

const PLACE = new RegExp(`\\b(?:(?:${ONTO}|among|amidst?)\\s|(?:in|at)\\s+(?:an?|the)\\s).*$`);
/** "in a classic style", "on display": no places. */
const NO_PLACE =
  /\b(?:style|way|manner|mood|look|feel|light|lighting|colours?|tones?|crop|frame|format|square|shot|photo|picture|image|cent(?:re|er)|middle|display|sale|offer|trend|brand)\b/;
const NAMED_GROUND = /(?:[\p{L}-]+\s+){1,2}(?:background|backdrop|ground)\b/u;

/** The words of a clause that name a ground without a colour: "on a beach", "marble background". Null when it names none. */
export const groundWordsIn = (clause: string): string | null => {
  const { text, refused } = withoutRefused(clause);
  if (refused) return null;
  const place = PLACE.exec(text)?.[0];
  if (place && !PIECE_NOUN.test(place) && !NO_PLACE.test(place)) return place;
  return NAMED_GROUND.exec(text)?.[0] ?? null;
};

/** What is left of words for a ground when those that name none are taken away. */
export const withoutLook = (words: string): string => words.replace(NO_GROUND, ' ');

const NO_GROUND = new RegExp(`\\b(?:${LOOK}|background|backdrop|ground|onto|upon|against|in front|among|amidst?|studio)\\b`, 'g');

const withoutRefused = (clause: string): { text: string; refused: boolean } => {
  let text = clause;
  for (const { start, end, background } of backgroundPhrases(clause).reverse()) {
    const refusing = REFUSING.exec(clause.slice(0, start));
    if (!refusing) continue;
    const isAlone = `${clause.slice(0, refusing.index)}${clause.slice(end)}`.trim() === '';
    const isGround = isAlone || background === 'transparent' || GROUND.test(clause) || ON.test(clause.slice(0, start));
    if (isGround) text = `${text.slice(0, refusing.index)} ${text.slice(end)}`;
  }
  return { text, refused: text !== clause };
};

/** Without the word "background"; a metal that replaces "it" is a metal for the piece. */
const isLedToGround = (text: string, { start, end }: BackgroundPhrase): boolean => {
  const lead = text.slice(0, start);
  return ON.test(lead) || BEHIND.test(text.slice(end)) || (REPLACED.test(lead) && !STUFF.test(text.slice(start, end)));
};

const describesPiece = (text: string, { start, end }: BackgroundPhrase): boolean => {
  const [lead, trail] = [text.slice(0, start), text.slice(end)];
  // "on grey stone" is a ground
  if (ON_A.test(lead) && /^\s+stone\b/.test(trail)) return false;
  if (BEFORE_PIECE.test(trail)) return true;
  return (
    STUFF.test(text.slice(start, end)) && /\bthe\s+$/.test(lead) && !/^\s+(?:coloured\s+)?(?:background|backdrop|ground)\b/.test(trail)
  );
};

const cut = (clause: string, start: number, end: number): string => `${clause.slice(0, start).replace(LED_BY, '')} | ${clause.slice(end)}`;
