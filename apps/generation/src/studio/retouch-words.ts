import type { Adjustments } from './adjustments';
import type { Background } from './background-wish';
import { backgroundOf, bareColourOf, colourAloneIn } from './retouch-background';
import { clausesOf, type Clause } from './retouch-clauses';
import { PART, WHOLE_PIECE } from './piece-words';
import { describesThing, isFault, withoutDescriptions } from './retouch-descriptions';
import { directionOf, isRemoved, modifiersIn, negatesWhatFollows, unmetIn, withoutModifiers } from './retouch-modifiers';
import { withItsShadow } from './retouch-shadow-clauses';
import { hitsIn, type Hit } from './retouch-vocabulary';

/** Words turned into adjustments, and the parts of the sentence that no rule knew. */
export interface Understood {
  adjustments: Adjustments;
  notUnderstood: string[];
  /** a part of the piece that alone was to change, in the person's own words: what changes is the whole piece */
  part?: string | undefined;
}

const NOTHING: Adjustments = {
  ...{ brightness: 0, contrast: 0, saturation: 0, warmth: 0, sharpness: 0, shadow: 0, zoom: 0, rotation: 0 },
  ...{ mirror: null, square: false, accent: null, background: null },
};

/** A clause that asks to leave something as it is. */
const KEEP =
  /^(?:please )?(?:(?:just|only|but) )?(?:keep|leave|preserve|maintain|retain|(?:don't|never|not) (?:change|touch|alter|modify|move|affect))\b/;

/**
 * Reads an instruction in English: several wishes, with degree ("slightly", "much", "20 %") and negation ("not darker", "less
 * bright", "without shadow"). docs/studio.md has the vocabulary. What no rule knows is returned in the person's own words.
 */
export const readInstruction = (instruction: string): Understood => {
  const clauses = withItsShadow(clausesOf(instruction));
  const background = bareColourIn(clauses);
  if (background) return { adjustments: { ...NOTHING, background }, notUnderstood: [] };
  const adjustments: Adjustments = { ...NOTHING };
  const notUnderstood: string[] = [];
  const remedies: ReadClause['remedies'] = [];
  let part: string | undefined;
  let before: ReadClause = NOTHING_SAID;
  for (const clause of clauses) {
    const read = readClause(clause, adjustments, before);
    if (read.unknown) notUnderstood.push(read.unknown);
    remedies.push(...read.remedies);
    if ([...read.hits, ...read.remedies].some(({ hit }) => isOfSurface(hit))) part ??= partAloneIn(instruction, clause);
    before = read;
  }
  for (const { hit, amount } of remedies) if (isUntouchedBy(hit, adjustments)) hit.apply(adjustments, amount);
  return { adjustments, notUnderstood, part };
};

const POLITE = /\b(?:please|thanks|thank you)\b/g;

/** The colour that is all an instruction says, but for courtesy. */
const bareColourIn = (clauses: readonly Clause[]): Background | null => {
  const [only, more] = clauses.map(({ text }) => text.replace(POLITE, '').trim()).filter((text) => text !== '');
  return only !== undefined && more === undefined ? bareColourOf(only) : null;
};

const A_PART = new RegExp(`\\b(?:the|this|that|these|those|my|its) (?:[\\p{L}-]+ )?${PART}(?![\\p{L}-])`, 'u');
const ALL_OF_IT = new RegExp(
  `\\b(?:${WHOLE_PIECE}|pictures?|images?|photos?|photographs?|shots?|everything|all|whole|overall|metal|gold|silver)\\b`,
);

/** The part that an instruction speaks of, where it speaks of nothing more. */
const partAloneIn = (instruction: string, clause: Clause): string | undefined => {
  const [words] = A_PART.exec(clause.text) ?? [];
  return words !== undefined && !ALL_OF_IT.test(instruction.toLowerCase()) ? clause.inOriginal(words) : undefined;
};

/** Whether nothing was wished yet for what a word changes. */
const isUntouchedBy = (hit: Hit, adjustments: Adjustments): boolean => changedBy(hit).every((key) => adjustments[key] === NOTHING[key]);

/** Whether a word changes light, colour or sharpness, which a part of a piece has of its own. */
const isOfSurface = (hit: Hit): boolean => changedBy(hit).some((key) => OF_SURFACE.has(key));
const OF_SURFACE: ReadonlySet<keyof Adjustments> = new Set(['brightness', 'contrast', 'saturation', 'warmth', 'sharpness']);

const changedBy = (hit: Hit): (keyof Adjustments)[] => {
  const alone: Adjustments = { ...NOTHING };
  hit.apply(alone, 1);
  return (Object.keys(alone) as (keyof Adjustments)[]).filter((key) => alone[key] !== NOTHING[key]);
};

/** What the next clause may lean on. */
interface ReadClause {
  hits: { hit: Hit; amount: number }[];
  /** it asked to leave something as it is */
  kept: boolean;
  /** its last wish was negated ("don't make it darker or …") */
  negated: boolean;
  /** it refused a background ("don't remove the background or …") */
  refused: boolean;
  /** it took the background away */
  removed: boolean;
  /** how it told of a fault: "it's dark and …", "too dark and …" */
  complaint: '' | 'it is ' | 'too ';
  /** what would put a fault right; a wish of its own for the same goes before it ("it's dark, make it much brighter") */
  remedies: { hit: Hit; amount: number }[];
}

const NOTHING_SAID: ReadClause = { hits: [], kept: false, negated: false, refused: false, removed: false, complaint: '', remedies: [] };

/** Whether a word asks for something, and does not only tell what is meant. */
const isWish = ({ start, end, text }: Hit, clause: string): boolean => {
  const lead = clause.slice(0, start);
  return !isRemoved(lead, text) && !describesThing(lead, text, clause.slice(end));
};

const readClause = (clause: Clause, adjustments: Adjustments, before: ReadClause): ReadClause & { unknown?: string } => {
  const { background, rest: described } = backgroundOf(clause.text);
  const rest = withoutDescriptions(described);
  if (KEEP.test(clause.text)) return { ...NOTHING_SAID, kept: true, negated: true };
  if (background.asked === 'unknown') return { ...NOTHING_SAID, unknown: clause.original };
  const refusedBefore = clause.alternative && before.refused;
  const refused = background.asked === 'refused' || refusedBefore;
  const removed = background.colour === 'transparent' && !refusedBefore;
  if (background.colour && !refusedBefore) adjustments.background = background.colour;
  const found = hitsIn(rest).filter((hit) => isWish(hit, rest));
  const instead =
    (before.refused || (before.removed && clause.joined)) && !clause.alternative && background.asked === 'no'
      ? colourAloneIn(clause.text)
      : null;
  if (found.length === 0 && instead) {
    // "no white background, navy instead", "remove the background and make it navy"
    adjustments.background = instead;
    return NOTHING_SAID;
  }
  if (found.length === 0) return { ...readWithoutHits(clause, rest, adjustments, before, background.asked !== 'no'), refused, removed };

  const hits: ReadClause['hits'] = [];
  const remedies: ReadClause['remedies'] = [];
  let negated = false;
  let complaint: ReadClause['complaint'] = '';
  let unknown = '';
  found.forEach((hit, at) => {
    const from = found[at - 1]?.end ?? 0;
    const lead = rest.slice(from, hit.start);
    const trail = at === found.length - 1 ? rest.slice(hit.end) : percentAfter(rest.slice(hit.end));
    const said = clause.joined && lead.trim() === '' && !hit.text.endsWith('er') ? before.complaint : '';
    const own = modifiersIn(`${said}${lead} ${hit.between}`, trail, hit.text);
    const reached = refusedBefore || (clause.joined && before.negated && !own.comparative);
    const modifiers = own.negated || !reached ? own : { ...own, negated: true };
    const direction = directionOf(modifiers, hit.text);
    const amount = direction * modifiers.degree;
    const fault = isFault(`${said}${lead} ${hit.between}`, hit.text);
    if (fault) remedies.push({ hit, amount });
    else hits.push({ hit, amount });
    if (direction !== 0 && !fault) hit.apply(adjustments, amount);
    complaint = fault ? 'it is ' : own.too && !own.negated ? 'too ' : '';
    negated = direction === 0 && (reached || negatesWhatFollows(lead));
    unknown += ` ${withoutModifiers(lead)}`;
  });
  unknown += ` ${withoutModifiers(rest.slice(found.at(-1)?.end ?? 0))}`;
  const left = unknown.replace(/\s+/g, ' ').trim();
  return {
    hits,
    kept: false,
    negated,
    refused,
    removed,
    complaint,
    remedies,
    ...(left === '' ? {} : { unknown: clause.inOriginal(left) }),
  };
};

/** A clause of degree alone changes the wish before it ("a bit more" leaves it as it is); one without anything is polite, or not understood. */
const readWithoutHits = (
  clause: Clause,
  rest: string,
  adjustments: Adjustments,
  before: ReadClause,
  understood: boolean,
): ReadClause & { unknown?: string } => {
  const left = understood ? withoutModifiers(rest) : unmetIn(rest);
  const unchanged = { ...before, remedies: [] };
  if (left === 'more' && before.hits.length > 0) return unchanged;
  const { degree, negated } = modifiersIn(rest, '');
  if (!understood && left === '' && before.hits.length > 0 && (degree !== 1 || negated)) {
    // "but not too much", "only a little": the wish stays, gently
    const factor = negated ? 0.5 : degree;
    for (const { hit, amount } of before.hits) if (Number.isFinite(amount)) hit.apply(adjustments, amount * (factor - 1));
    return unchanged;
  }
  const leansOnKept = clause.joined && (before.kept || (clause.alternative && before.refused));
  const silent = left === '' || leansOnKept;
  return { ...NOTHING_SAID, kept: leansOnKept, ...(silent ? {} : { unknown: understood ? clause.inOriginal(left) : clause.original }) };
};

const percentAfter = (text: string): string => /^\s*(?:by\s+)?-?\d+(?:\.\d+)?\s*(?:%|percent)/.exec(text)?.[0] ?? '';
