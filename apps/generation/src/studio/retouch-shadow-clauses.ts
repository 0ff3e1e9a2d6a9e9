import { KEEP, type Clause } from './retouch-clauses';
import { withoutModifiers } from './retouch-modifiers';

const KEPT_SHADOW = /\bshadows?$/;
const PRONOUN = /\b(?:please|just|only|make|have|it|them|that|be)\b/g;
const OF_SHADOW = /^(?:(?:soft|light|faint|weak|dark|strong|hard|deep)(?:er|en)?|(?:subtl|gentl)er?|heav(?:y|ier))$/;

/** Names the shadow in a clause that speaks of it by "it" alone: "make it a bit softer" behind "keep the shadow". */
export const withItsShadow = (clauses: readonly Clause[]): Clause[] =>
  clauses.map((clause, at) => {
    const before = clauses[at - 1]?.text ?? '';
    const itself = clause.text.replace(PRONOUN, ' ').trim();
    const isMeant = KEEP.test(before) && KEPT_SHADOW.test(before) && OF_SHADOW.test(withoutModifiers(itself));
    return isMeant ? { ...clause, text: `shadow ${itself.replace(/\s+/g, ' ')}` } : clause;
  });
