import type { Adjustments } from './adjustments';
import { backgroundOf } from './retouch-background';
import { clausesOf, type Clause } from './retouch-clauses';
import { directionOf, modifiersIn, withoutModifiers } from './retouch-modifiers';
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
/** A clause that is about how much only: "brighter, but only slightly". */
const NOTHING_LEFT = /^\s*$/;

/**
 * Reads an instruction in English: several wishes, with degree ("slightly", "much", "20 %") and negation ("not darker", "less
 * bright", "without shadow"). docs/studio.md has the vocabulary. What no rule knows is returned in the person's own words.
 */
export const readInstruction = (instruction: string): Understood => {
  const adjustments: Adjustments = { ...NOTHING };
  const notUnderstood: string[] = [];
  let before: ReadClause = { hits: [], kept: false, negated: false };
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
}

const readClause = (clause: Clause, adjustments: Adjustments, before: ReadClause): ReadClause & { unknown?: string } => {
  const { background, rest } = backgroundOf(clause.text);
  const kept = KEEP.test(clause.text);
  if (background.asked === 'unknown' && !kept) return { hits: [], kept, negated: false, unknown: clause.original };
  if (background.colour) adjustments.background = background.colour;
  const found = kept ? [] : hitsIn(rest);
  if (kept) return { hits: [], kept, negated: true };
  if (found.length === 0) return readWithoutHits(clause, rest, adjustments, before, background.asked !== 'no');

  const hits: ReadClause['hits'] = [];
  let negated = false;
  let unknown = '';
  found.forEach((hit, at) => {
    const from = found[at - 1]?.end ?? 0;
    const lead = rest.slice(from, hit.start);
    const trail = at === found.length - 1 ? rest.slice(hit.end) : percentAfter(rest.slice(hit.end));
    const own = modifiersIn(lead, trail, hit.text);
    const modifiers = own.negated || !(clause.joined && before.negated && !own.comparative) ? own : { ...own, negated: true };
    const direction = directionOf(modifiers, hit.text);
    const amount = direction * modifiers.degree;
    if (direction !== 0) hit.apply(adjustments, amount);
    hits.push({ hit, amount });
    negated = modifiers.negated && direction === 0;
    unknown += ` ${withoutModifiers(lead)}`;
  });
  unknown += ` ${withoutModifiers(rest.slice(found.at(-1)?.end ?? 0))}`;
  const left = unknown.replace(/\s+/g, ' ').trim();
  return { hits, kept, negated, ...(left === '' ? {} : { unknown: clause.inOriginal(left) }) };
};

/** A clause of degree alone changes the wish before it; one without anything is polite, or not understood. */
const readWithoutHits = (
  clause: Clause,
  rest: string,
  adjustments: Adjustments,
  before: ReadClause,
  understood: boolean,
): ReadClause & { unknown?: string } => {
  const left = withoutModifiers(rest);
  const { degree, negated } = modifiersIn(rest, '');
  if (!understood && NOTHING_LEFT.test(left) && before.hits.length > 0 && (degree !== 1 || negated)) {
    // "but not too much", "only a little": the wish stays, gently
    const factor = negated ? 0.5 : degree;
    for (const { hit, amount } of before.hits) if (Number.isFinite(amount)) hit.apply(adjustments, amount * (factor - 1));
    return before;
  }
  const leansOnKept = clause.joined && before.kept;
  const silent = NOTHING_LEFT.test(left) || leansOnKept;
  return { hits: [], kept: leansOnKept, negated: false, ...(silent ? {} : { unknown: clause.original }) };
};

const percentAfter = (text: string): string => /^\s*(?:by\s+)?\d+(?:\.\d+)?\s*(?:%|percent)/.exec(text)?.[0] ?? '';
