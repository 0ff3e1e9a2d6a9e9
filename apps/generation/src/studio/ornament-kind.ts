import type { Ornament } from './cut-out-photo';
import { regionsOf } from './regions';
import { resizeTo } from './raster';

/** What a piece is, as far as it matters to where it is worn. */
export type OrnamentKind = 'necklace' | 'pendant' | 'earrings' | 'ring' | 'bracelet' | 'brooch';

const WORDS: readonly [OrnamentKind, RegExp][] = [
  ['earrings', /\b(?:ear-?\s?rings?|studs?|hoops?|ear-?\s?cuffs?|jhumkas?|chandbalis?|danglers?)\b/],
  ['pendant', /\b(?:pendants?|lockets?|solitaire necklace|charm necklace)\b/],
  ['bracelet', /\b(?:bracelets?|bangles?|cuffs?|kadas?|wristlets?|anklets?|watch(?:es)?)\b/],
  ['necklace', /\b(?:necklaces?|chokers?|chains?|collars?|mangalsutras?|strands?)\b/],
  ['brooch', /\b(?:brooch(?:es)?|pins?)\b/],
  ['ring', /\b(?:rings?|bands?|solitaires?)\b/],
];

/** The kind that a text names; the first text that names one wins. Earrings are asked for before rings. */
export const kindNamedIn = (...texts: readonly (string | undefined)[]): OrnamentKind | null => {
  for (const text of texts) {
    const words = (text ?? '').toLowerCase();
    const named = WORDS.find(([, pattern]) => pattern.test(words));
    if (named) return named[0];
  }
  return null;
};

/** px. Long side at which shapes are judged. */
const SHAPE_SIDE = 200;
/** Two parts are a pair when the smaller has this share of the larger one's area, and they stand side by side. */
const PAIR = 0.6;
/** Share of its box that a hole takes in a ring or a bangle. */
const HOLE = 0.25;

/** The kind that a shape tells of: a pair, a chain that leaves the photo or is open to the top. Null when it tells nothing. */
export const kindByShape = async ({ cutOut, box }: Ornament): Promise<OrnamentKind | null> => {
  const scale = SHAPE_SIDE / Math.max(cutOut.width, cutOut.height);
  const [width, height] = [Math.max(1, Math.round(cutOut.width * scale)), Math.max(1, Math.round(cutOut.height * scale))];
  const small = await resizeTo(cutOut, width, height);
  const mask = Uint8Array.from({ length: width * height }, (_, at) => ((small.data[4 * at + 3] ?? 0) > 96 ? 1 : 0));
  const [first, second] = regionsOf(mask, width, height, 1).sort((one, other) => other.area - one.area);
  if (!first) return null;
  if (second && second.area > PAIR * first.area && (first.right < second.left || second.right < first.left)) return 'earrings';
  const leavesTop = box.top <= 0.01 * cutOut.height;
  const leavesSides = box.left <= 0.01 * cutOut.width || box.right >= 0.99 * cutOut.width;
  if (leavesTop && (leavesSides || box.right - box.left > 0.5 * cutOut.width)) return hangs(mask, width, height) ? 'pendant' : 'necklace';
  const holes = regionsOf(mask, width, height, 0).filter(({ touchesFrame }) => !touchesFrame);
  const boxArea = (first.right - first.left + 1) * (first.bottom - first.top + 1);
  if (holes.some(({ area }) => area > HOLE * boxArea)) return first.area < 0.2 * boxArea ? 'bracelet' : 'ring';
  return isOpenToTheTop(mask, width, first) ? 'necklace' : null;
};

interface Part {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Whether the lower middle is much more solid than the upper part: a stone on a chain. */
const hangs = (mask: Uint8Array, width: number, height: number): boolean => {
  const widest = (from: number, to: number): number => {
    let most = 0;
    for (let y = Math.floor(from * height); y < Math.floor(to * height); y++) {
      let run = 0;
      for (let x = 0; x < width; x++) {
        run = mask[y * width + x] === 1 ? run + 1 : 0;
        most = Math.max(most, run);
      }
    }
    return most;
  };
  return widest(0.5, 1) > 2.5 * Math.max(1, widest(0, 0.35));
};

/** A U: the middle column has something only in its lower part, the sides reach up. */
const isOpenToTheTop = (mask: Uint8Array, width: number, { left, right, top, bottom }: Part): boolean => {
  const middle = Math.round((left + right) / 2);
  let highest = bottom;
  for (let x = middle - 2; x <= middle + 2; x++) {
    for (let y = top; y <= bottom; y++) if (mask[y * width + x] === 1) highest = Math.min(highest, y);
  }
  return highest > top + 0.55 * (bottom - top) && right - left > 0.5 * (bottom - top);
};
