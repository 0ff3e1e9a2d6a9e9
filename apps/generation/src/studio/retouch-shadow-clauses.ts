import type { Clause } from './retouch-clauses';
import { withoutModifiers } from './retouch-modifiers';

const KEPT =
  /^(?:please )?(?:(?:just|only) )?(?:keep|leave|preserve|maintain|retain) (?:(?:the|its|this|that|my|contact|drop|cast) )*shadows?$/;
const PRONOUN = /\b(?:please|just|only|make|have|it|them|that|be)\b/g;
const OF_SHADOW = /^(?:(?:soft|light|faint|weak|dark|strong|hard|deep)(?:er|en)?|(?:subtl|gentl)er?|heav(?:y|ier))$/;

/** Names the shadow in a clause that speaks of it by "it" alone: "make it a bit softer" behind "keep the shadow". */
export const withItsShadow = (clauses: readonly Clause[]): Clause[] =>
  clauses.map((clause, at) => {
    const itself = clause.text.replace(PRONOUN, ' ').trim();
    const isMeant = KEPT.test(clauses[at - 1]?.text ?? '') && OF_SHADOW.test(withoutModifiers(itself));
    return isMeant ? { ...clause, text: `make shadow ${itself.replace(/\s+/g, ' ')}` } : clause;
  });
