import { backgroundPhrases, type Background } from './background-wish';

/** What a clause says of the background, and the clause without it. */
export interface BackgroundWords {
  background: { asked: 'no' | 'unknown' | 'colour'; colour: Background | null };
  /** the words about the background are one `|` */
  rest: string;
}

const GROUND = /\b(?:background|backdrop|ground)\b/;
/** "on white", "on a navy ground" */
const ON = /\b(?:on|onto|against|in front of)\s+(?:an?\s+|the\s+)?(?:plain\s+|solid\s+|pure\s+|clean\s+|even\s+)*$/;
/** Words between a colour and "background" that belong to them. */
const GLUE =
  /^(?:\s|\b(?:colour|coloured|plain|solid|pure|clean|even|the|a|an|to|in|into|is|of|be|should|made|for|make|as|with|on|now|and)\b)*$/;

const NO_BACKGROUND = { asked: 'no', colour: null } as const;

/** Takes the wish for a background out of a clause (lower case): "background navy", "on a pale pink backdrop", "on white". */
export const backgroundOf = (clause: string): BackgroundWords => {
  const phrases = backgroundPhrases(clause);
  const ground = GROUND.exec(clause);
  if (!ground) {
    const onColour = phrases.find(({ start, background }) => background === 'transparent' || ON.test(clause.slice(0, start)));
    if (!onColour) return { background: NO_BACKGROUND, rest: clause };
    return { background: { asked: 'colour', colour: onColour.background }, rest: cut(clause, onColour.start, onColour.end) };
  }
  const groundEnd = ground.index + ground[0].length;
  const near = phrases.filter(({ start, end }) =>
    end <= ground.index ? GLUE.test(clause.slice(end, ground.index)) : start < ground.index || GLUE.test(clause.slice(groundEnd, start)),
  );
  const phrase = near[0];
  if (!phrase) return { background: { asked: 'unknown', colour: null }, rest: clause };
  const [start, end] = [Math.min(phrase.start, ground.index), Math.max(phrase.end, groundEnd)];
  return { background: { asked: 'colour', colour: phrase.background }, rest: cut(clause, start, end) };
};

const cut = (clause: string, start: number, end: number): string =>
  `${clause.slice(0, start).replace(/\b(?:on|onto|against)\s+(?:an?|the)?\s*$/, '')} | ${clause.slice(end)}`;
