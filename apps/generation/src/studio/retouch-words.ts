import type { Rgb } from './colour-space';
import { colourNamedIn } from './ground-colour';

/** A metal whose look the piece's metal takes on. */
export type Accent = 'gold' | 'rose gold' | 'silver';

/** What to do to a picture. Numbers: 0 = leave, 1 = clearly visible, -1 = as much the other way. */
export interface Adjustments {
  brightness: number;
  contrast: number;
  saturation: number;
  warmth: number;
  sharpness: number;
  accent: Accent | null;
  background: Rgb | null;
}

/** Words turned into adjustments, and the parts of the sentence that no rule knew. */
export interface Understood {
  adjustments: Adjustments;
  notUnderstood: string[];
}

type Quantity = 'brightness' | 'contrast' | 'saturation' | 'warmth' | 'sharpness';

/** Words for each quantity: those that raise it, those that lower it. */
const QUANTITIES: Record<Quantity, { more: RegExp; less: RegExp }> = {
  brightness: {
    more: /\b(bright(er|en|ness)?|light(er|en)|exposure|luminous|glow(ing)?)\b/,
    less: /\b(dark(er|en)?|dim(mer)?|moody|moodier)\b/,
  },
  contrast: { more: /\b(contrast(y)?|punch(y|ier)|dramatic)\b/, less: /\b(flat(ter)?)\b/ },
  saturation: {
    more: /\b(vibran(t|ce|cy)|vivid|saturat(e|ed|ion)|colou?rful|rich(er)?|intense|pop)\b/,
    less: /\b(mute(d)?|desaturate(d)?|pastel|faded|subdued)\b/,
  },
  warmth: { more: /\b(warm(er|th)?|sunny|sunnier)\b/, less: /\b(cool(er)?|cold(er)?)\b/ },
  sharpness: { more: /\b(sharp(er|en|ness)?|crisp(er)?|clear(er)?|detail(s|ed)?)\b/, less: /\b(soft(er|en)?|smooth(er)?|blur(red|ry)?)\b/ },
};

const MONOCHROME = /\b(monochrome|black-and-white|gr[ae]yscale)\b/;
/** "the gold" is what is there; "gold accents", "in gold", "more golden" is a wish. */
const ACCENTS: readonly { accent: Accent; words: RegExp }[] = [
  { accent: 'rose gold', words: /(?<!\bthe )\b(rose|pink|red)[ -]gold(en)?\b/ },
  { accent: 'silver', words: /(?<!\bthe )\b(silver(y)?|white[ -]gold|platinum)\b/ },
  { accent: 'gold', words: /(?<!\bthe )(?<!\b(?:rose|pink|red|white)[ -])\bgold(en)?\b/ },
];
const GROUND = /\b(background|backdrop)\b/;
const LESS = /\b(less|not|no|don't|reduce|decrease|lower|without|avoid)\b/;
const SLIGHTLY = /\b(slight(ly)?|subt(le|ly)|a (bit|little|touch)|gently)\b/;
const MUCH = /\b(much|very|a lot|far|strong(ly|er)?|really|significantly|extremely)\b/;
/** "shadow" belongs to no rule yet: "softer shadow" must not soften the picture. */
const UNKNOWN_OBJECT = /\bshadows?\b/;
const FILLER =
  /\b(please|make|it|this|that|the|a|an|is|be|and|more|picture|image|photo|look|looks|bit|little|some|add|now|with|of|in|to|just|also|very|much)\b/g;

const clausesOf = (instruction: string): string[] =>
  instruction
    .replace(/\bblack and white\b/gi, 'black-and-white')
    .split(/[.,;!?\n]+|(?<!-)\b(?:and|then|but)\b(?!-)/i)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');

/** Reads an instruction in English, clause by clause ("much brighter, a little warmer and gold accents"). */
export const readInstruction = (instruction: string): Understood => {
  const adjustments: Adjustments = { brightness: 0, contrast: 0, saturation: 0, warmth: 0, sharpness: 0, accent: null, background: null };
  const notUnderstood: string[] = [];
  for (const clause of clausesOf(instruction)) {
    if (readClause(clause.toLowerCase(), adjustments)) continue;
    if (clause.toLowerCase().replace(FILLER, '').trim() !== '') notUnderstood.push(clause);
  }
  return { adjustments, notUnderstood };
};

/** Adds what a clause asks for; false when no rule knew any of it. */
const readClause = (clause: string, adjustments: Adjustments): boolean => {
  if (GROUND.test(clause)) {
    const colour = colourNamedIn(clause);
    if (!colour) return false;
    adjustments.background = colour;
    return true;
  }
  if (UNKNOWN_OBJECT.test(clause)) return false;
  if (MONOCHROME.test(clause)) {
    adjustments.saturation = -Infinity;
    return true;
  }
  const negated = LESS.test(clause);
  const degree = (negated ? -1 : 1) * (SLIGHTLY.test(clause) ? 0.5 : MUCH.test(clause) ? 1.7 : 1);
  let understood = false;
  for (const [quantity, { more, less }] of Object.entries(QUANTITIES) as [Quantity, { more: RegExp; less: RegExp }][]) {
    const direction = more.test(clause) ? 1 : less.test(clause) ? -1 : 0;
    adjustments[quantity] += direction * degree;
    understood ||= direction !== 0;
  }
  const accent = ACCENTS.find(({ words }) => words.test(clause))?.accent;
  if (accent && !negated) adjustments.accent = accent;
  return understood || (accent !== undefined && !negated);
};
