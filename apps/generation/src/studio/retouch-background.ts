import { backgroundPhrases, type Background, type BackgroundPhrase } from './background-wish';
import { PIECE, WHOLE_PIECE } from './piece-words';

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
  `^(?:\\s|[:-]|\\b(?:colour|coloured|${LOOK}|${STUFF_OF_GROUND}|the|a|an|to|in|into|is|of|be|go|should|made|for|make|as|with|by|on|now|and)\\b)*$`,
);
/** Words before a colour that go with it. */
const LED_BY = new RegExp(
  `(?:\\b(?:${ONTO}|replaced? (?:it|that|this) (?:with|by))\\s+)?(?:\\b(?:an?|the|this|that)\\s+)?(?:\\b(?:${LOOK}|dark|light|dull|cold|old)\\s+)*$`,
);

/** "from white" in "from white to navy": what was. A gradient goes from one to the other. */
const FROM = new RegExp(`(?<!\\b(?:gradient|fade|fading|ombre|transition)\\b.*)\\bfrom\\s+(?:(?:an?|the)\\s+)?(?:(?:${LOOK})\\s+)*$`);
const TO = /^\s+(?:(?:background|backdrop|ground|colour)\s+)?(?:in)?to\b/;
/** Before the colour of a ground that is there already: "change the white background to navy". */
const IS_THERE = new RegExp(`\\b(?:the|this|that|its|my|current|old|(?:change|replace|turn|switch|swap) an?)\\s+(?:(?:${LOOK})\\s+)*$`);
/** "this gold ring in navy"; "make the ring navy" and "the stone in navy" would be another piece. */
const PIECE_IN = new RegExp(
  '^(?:(?:please|show|put|place|set|present|photograph|i want|want|me|the|this|that|these|those|my|an?|same) )*' +
    `(?:(?!(?:make|turn|change|paint|dye|with|of|in|on)\\b)[\\p{L}-]+ ){0,2}${WHOLE_PIECE} in (?:an? )?(?:(?:${LOOK}) )*$`,
  'u',
);
const ALL_SAID = /^(?:\s+(?:please|instead|now|too))*\s*$/;
/** "less yellow", "a yellow tint": of the picture's light. */
const MORE_OR_LESS = /\b(?:more|less|too|so)\s+$/;
const CAST = /^\s+(?:tint|cast|tinge|hue)s?\b/;

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
  const { text, refused } = withoutRefused(withoutFormer(clause));
  const phrases = backgroundPhrases(text).filter((phrase) => !describesPiece(text, phrase));
  const ground = GROUND.exec(text);
  if (!ground) {
    const phrase = phrases.find((one) => one.background === 'transparent' || isLedToGround(text, one));
    if (!phrase) return { background: refused ? REFUSED : NO_BACKGROUND, rest: text };
    return { background: { asked: 'colour', colour: phrase.background }, rest: cut(text, phrase.start, phrase.end) };
  }
  const groundEnd = ground.index + ground[0].length;
  const isOfGround = ({ start, end }: BackgroundPhrase): boolean =>
    end <= ground.index ? GLUE.test(text.slice(end, ground.index)) : start < ground.index || GLUE.test(text.slice(groundEnd, start));
  const [first, next] = phrases.filter(isOfGround);
  const isFormer = first && next && next.start >= groundEnd && IS_THERE.test(text.slice(0, first.start));
  const phrase = isFormer ? next : first;
  if (!phrase) {
    if (refused) return { background: REFUSED, rest: cut(text, ground.index, groundEnd) };
    return { background: { asked: 'unknown', colour: null }, rest: text };
  }
  const [start, end] = [Math.min((isFormer ? first : phrase).start, ground.index), Math.max(phrase.end, groundEnd)];
  return { background: { asked: 'colour', colour: phrase.background }, rest: cut(text, start, end) };
};

/** A colour that stands by itself in a clause without a piece ("soft cream"): in a prompt for a background it is one. */
export const colourAloneIn = (clause: string): Background | null => {
  if (PIECE_NOUN.test(clause)) return null;
  const text = withoutFormer(clause);
  const alone = backgroundPhrases(text).find((phrase) => {
    const lead = text.slice(0, phrase.start);
    return !describesPiece(text, phrase) && !REFUSING.test(lead) && !MORE_OR_LESS.test(lead) && !CAST.test(text.slice(phrase.end));
  });
  return alone?.background ?? null;
};

const LOOKS = new RegExp(`^(?:(?:${LOOK}) )+`);
const SHADES = /^(?:dark|light)(?:er)? /;

/** The background that a clause names which is nothing but its colour ("navy", "soft cream"). A metal or a stone is a wish for the piece. */
export const bareColourOf = (clause: string): Background | null => {
  const [phrase] = backgroundPhrases(clause);
  if (!phrase || phrase.end < clause.length || clause.slice(0, phrase.start).replace(LOOKS, '') !== '') return null;
  const isOfPiece = STUFF.test(clause.slice(phrase.start).replace(SHADES, ''));
  return isOfPiece || phrase.background === 'transparent' ? null : phrase.background;
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

/** What is a scene though no word leads to it. */
const SCENE =
  /\b(?:beach|seaside|sea|ocean|lake|river|waterfall|forest|woods?|wooden|jungle|garden|meadow|field|mountains?|desert|sky|clouds?|sunset|sunrise|city|street|skyline|snow|christmas|flowers|roses|petals|leaves|marble|velvet|silk|table|palace|castle|gradient)\b/;

/** The first word of a text that names a scene, or null. */
export const sceneWordIn = (text: string): string | null => SCENE.exec(text)?.[0] ?? null;

/** A clause that is a scene by itself and names no piece ("a beach"), or null. */
export const sceneIn = (clause: string): string | null => {
  const { text, refused } = withoutRefused(clause);
  return !refused && SCENE.test(text) && !PIECE_NOUN.test(text) && !NO_PLACE.test(text) ? text : null;
};

/** What is left of words for a ground when those that name none are taken away. */
export const withoutLook = (words: string): string => words.replace(NO_GROUND, ' ');

const NO_GROUND = new RegExp(`\\b(?:${LOOK}|background|backdrop|ground|onto|upon|against|in front|among|amidst?|studio)\\b`, 'g');

const withoutFormer = (clause: string): string => {
  const former = backgroundPhrases(clause).find(({ start, end }) => FROM.test(clause.slice(0, start)) && TO.test(clause.slice(end)));
  return former ? `${clause.slice(0, former.start).replace(FROM, '')}${clause.slice(former.end).trim()}` : clause;
};

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
  const [lead, trail] = [text.slice(0, start), text.slice(end)];
  if (ON.test(lead) || BEHIND.test(trail)) return true;
  return (REPLACED.test(lead) || (PIECE_IN.test(lead) && ALL_SAID.test(trail))) && !STUFF.test(text.slice(start, end));
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
