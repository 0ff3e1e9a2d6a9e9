import { backgroundPhrases } from './background-wish';
import { clausesOf } from './retouch-clauses';
import { readInstruction, type Understood } from './retouch-words';

/**
 * Words that ask for a change. A first prompt describes a picture as often as it asks for one ("a bright, elegant ring"), so that
 * a describing word alone does nothing: the photo's light is put right in any case.
 */
const ASKS = new RegExp(
  '\\b(?:' +
    'shadows?|shadow-?less|accents?|more|less|(?:in|de)creased?|reduced?|' +
    '(?:bright|light|dark|dimm|warm|cool|cold|sharp|crisp|clear|soft|smooth|rich|small|larg|bigg|clos|flatt|punchi|moodi|sunni|blurri)er|' +
    'brighten|lighten|darken|sharpen|soften|desaturate|' +
    'zoom(?:ed)?|rotat(?:e|ed|ion)|turn(?:ed)?|tilt(?:ed)?|mirror(?:ed)?|flip(?:ped)?|square|upside' +
    ')\\b',
);

/** "Darker beige" is a colour, not a wish for less light. */
const withoutColours = (text: string): string =>
  backgroundPhrases(text).reduceRight((rest, { start, end }) => `${rest.slice(0, start)}${rest.slice(end)}`, text);

/** What a first prompt asks for beside its background, which `chooseBackground` reads. */
export const firstWishes = (instruction: string): Understood => {
  const asking = clausesOf(instruction).filter(({ text }) => ASKS.test(withoutColours(text)));
  const { adjustments, ...understood } = readInstruction(asking.map(({ original }) => original).join(', '));
  return { ...understood, adjustments: { ...adjustments, background: null } };
};
