import { backgroundPhrases, parseBackground, type Background } from './background-wish';
import { chooseGround } from './ground-colour';
import { backgroundOf, colourAloneIn, groundWordsIn, sceneIn, sceneWordIn, withoutLook } from './retouch-background';
import { clausesOf } from './retouch-clauses';
import { withoutModifiers } from './retouch-modifiers';

/** What was chosen, and a sentence for the person when the wish was not understood. */
export interface BackgroundChoice {
  background: Background;
  note: string | null;
}

const WHITE: Background = [255, 255, 255];

/** The background asked for; else the one that the prompt names; else white. */
export const chooseBackground = (asked: string | undefined, prompt: string): BackgroundChoice => {
  const wish = asked?.trim();
  if (wish) {
    const background = parseBackground(wish);
    if (background) return { background, note: null };
    const { colour, note } = chooseGround(wish);
    return { background: colour, note };
  }
  const named = backgroundNamedIn(prompt);
  if (named) {
    const uneven = sceneBeside(named);
    return { background: named.background, note: uneven && `I lay pieces on even colours, so "${uneven}" is left out.` };
  }
  const unknown = unknownGroundIn(prompt);
  return { background: WHITE, note: unknown && `I do not know the background "${unknown}", so it is white.` };
};

/** A background, and the clause that names it. */
interface NamedBackground {
  background: Background;
  text: string;
}

/** A clause that speaks of the ground goes before one that is a colour only; a new ground before the old one's removal. */
const backgroundNamedIn = (prompt: string): NamedBackground | null => {
  const read = clausesOf(prompt).map(({ text, joined }) => ({ text, joined, ...backgroundOf(text).background }));
  const spoken = read.find(({ colour }) => colour !== null && colour !== 'transparent') ?? read.find(({ colour }) => colour !== null);
  const removed = spoken?.colour === 'transparent';
  if (spoken?.colour && !removed) return { background: spoken.colour, text: spoken.text };
  for (const { text, joined, asked } of read) {
    // "remove the background and make it navy"
    const alone = asked === 'no' && (!spoken || joined) ? colourAloneIn(text) : null;
    if (alone) return { background: alone, text };
  }
  return removed ? { background: 'transparent', text: '' } : null;
};

/** What a colour is the colour of, where that is a scene: "velvet" of "on red velvet". What is before it belongs to the piece. */
const sceneBeside = ({ background, text }: NamedBackground): string | null => {
  const phrase = backgroundPhrases(text).find((one) => String(one.background) === String(background));
  return phrase ? sceneWordIn(text.slice(phrase.end)) : null;
};

const unknownGroundIn = (prompt: string): string | null => {
  for (const { text, joined, inOriginal } of clausesOf(prompt)) {
    // "a ring with flowers and leaves": what "and" joins belongs to what is before it
    const words = groundWordsIn(text) ?? (joined ? null : sceneIn(text));
    if (words !== null && withoutModifiers(withoutLook(words)) !== '') return inOriginal(words);
  }
  return null;
};
