import type { Adjustments } from './adjustments';
import { backgroundOf } from './retouch-background';
import { clausesOf, type Clause } from './retouch-clauses';
import { directionOf, modifiersIn, negatesWhatFollows, unmetIn, withoutModifiers } from './retouch-modifiers';
import { hitsIn, type Hit } from './retouch-vocabulary';

/** Words turned into adjustments, and the parts of the sentence that no rule knew. */
export interface Understood {
  adjustments: Adjustments;
  notUnderstood: string[];
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
  const adjustments: Adjustments = { ...NOTHING };
  const notUnderstood: string[] = [];
  let before: ReadClause = { hits: [], kept: false, negated: false, refused: false };
  for (const clause of clausesOf(instruction)) {
    const read = readClause(clause, adjustments, before);
    if (read.unknown) notUnderstood.push(read.unknown);
    before = read;
  }
  return { adjustments, notUnderstood };
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
}

const readClause = (clause: Clause, adjustments: Adjustments, before: ReadClause): ReadClause & { unknown?: string } => {
  const { background, rest } = backgroundOf(clause.text);
  if (KEEP.test(clause.text)) return { hits: [], kept: true, negated: true, refused: false };
  if (background.asked === 'unknown') return { hits: [], kept: false, negated: false, refused: false, unknown: clause.original };
  const refusedBefore = clause.alternative && before.refused;
  const refused = background.asked === 'refused' || refusedBefore;
  if (background.colour && !refusedBefore) adjustments.background = background.colour;
  const found = hitsIn(rest);
  if (found.length === 0) return { ...readWithoutHits(clause, rest, adjustments, before, background.asked !== 'no'), refused };

  const hits: ReadClause['hits'] = [];
  let negated = false;
  let unknown = '';
  found.forEach((hit, at) => {
    const from = found[at - 1]?.end ?? 0;
    const lead = rest.slice(from, hit.start);
    const trail = at === found.length - 1 ? rest.slice(hit.end) : percentAfter(rest.slice(hit.end));
    const own = modifiersIn(`${lead} ${hit.between}`, trail, hit.text);
    const reached = refusedBefore || (clause.joined && before.negated && !own.comparative);
    const modifiers = own.negated || !reached ? own : { ...own, negated: true };
    const direction = directionOf(modifiers, hit.text);
    const amount = direction * modifiers.degree;
    if (direction !== 0) hit.apply(adjustments, amount);
    hits.push({ hit, amount });
    negated = direction === 0 && (reached || negatesWhatFollows(lead));
    unknown += ` ${withoutModifiers(lead)}`;
  });
  unknown += ` ${withoutModifiers(rest.slice(found.at(-1)?.end ?? 0))}`;
  const left = unknown.replace(/\s+/g, ' ').trim();
  return { hits, kept: false, negated, refused, ...(left === '' ? {} : { unknown: clause.inOriginal(left) }) };
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
  if (left === 'more' && before.hits.length > 0) return before;
  const { degree, negated } = modifiersIn(rest, '');
  if (!understood && left === '' && before.hits.length > 0 && (degree !== 1 || negated)) {
    // "but not too much", "only a little": the wish stays, gently
    const factor = negated ? 0.5 : degree;
    for (const { hit, amount } of before.hits) if (Number.isFinite(amount)) hit.apply(adjustments, amount * (factor - 1));
    return before;
  }
  const leansOnKept = clause.joined && (before.kept || (clause.alternative && before.refused));
  const silent = left === '' || leansOnKept;
  return { hits: [], kept: leansOnKept, negated: false, refused: false, ...(silent ? {} : { unknown: clause.original }) };
};

const percentAfter = (text: string): string => /^\s*(?:by\s+)?-?\d+(?:\.\d+)?\s*(?:%|percent)/.exec(text)?.[0] ?? '';
