import { meanOf, meanWhere } from '../evidence';
import type { OpenCv } from '../opencv';
import { regionsOf, type Region } from '../regions';
import type { FirstLook } from './first-look';
import { DEEP_FACETS, FACETS, OPENING } from './holes';
import { localGround } from './local-ground';
import { morphed } from './morphology';

/** Share of the long side that a bay between parts of a piece is wide at most. */
const WIDEST = 0.04;
/** Share of the picture: smaller gaps tell too little. */
const LEAST = 0.00015;
/** Share of its outline that a gap has in common with the piece, or more. */
const SURROUNDED = 0.7;
/** px from the piece to where its ground begins, and how far from there the ground is compared with. */
const BLUR = 3;
const NEARBY = 24;
/** L* units by which what is uneven differs from the ground on average, and by how much more than the ground itself does. */
const UNEVEN = 4;
const UNEVENER = 2.5;
/** Share of that difference that is left at most when lighter and darker are set off against one another. */
const ONE_SIDED = 0.5;
/** Facets' sharpness at which the network need not be for the piece, and the log odds that it must give for each part of it that is missing. */
const SHARP_ENOUGH = 1.1;
const ODDS_FOR_SHARPNESS = 5;
/** Share of facets' sharpness below which the network is not asked; px beyond which a gap's depth makes it no sharper. */
const SOFT = 0.4;
const DEEPEST = 8;
/** Inner pixels from which a gap is judged by these alone: its rim has something of the piece. */
const ENOUGH_INSIDE = 8;

/** The part of a region that it is judged by, and how it lies. */
interface Gap {
  pixels: Int32Array;
  inside: Int32Array;
  /** px (along rows and columns) that the deepest pixel is away from its outline */
  depth: number;
  /** share of the outline that is the piece's */
  surrounded: number;
}

/**
 * Fills holes and bays of a piece that are no ground: clear stones and mirrors have their ground's colours, and against it no outline. Ground that is
 * seen between two parts of a piece is even, or darker by their shadow, and smooth. What is lighter as well as darker than the ground shows facets;
 * so does what is sharp inside, the less sharp the surer the network is (`opinion`, log odds of the piece). In place.
 */
export const fillGaps = (cv: OpenCv, mask: Uint8Array, { lab, focus }: Pick<FirstLook, 'lab' | 'focus'>, opinion: Float32Array): void => {
  const { open, closed } = openingsOf(cv, mask, lab);
  const gaps = regionsOf(open, lab.width, lab.height, 1)
    .filter(({ area }) => area >= LEAST * mask.length)
    .map((region) => gapOf(region, open, mask, lab.width))
    .filter(({ surrounded }) => surrounded > SURROUNDED);
  if (gaps.length === 0) return;
  const piece = morphed(cv, 'dilate', closed, lab, BLUR);
  const around = morphed(cv, 'dilate', piece, lab, NEARBY);
  for (let at = 0; at < around.length; at++) if (piece[at]) around[at] = 0;
  const ground = localGround(
    lab,
    piece.map((value) => 1 - value),
  );
  const lighter = lab.l.map((l, at) => l - (ground.l[at] ?? 0));
  const different = lighter.map(Math.abs);
  const [usual, usualFocus] = [meanWhere(different, around), meanWhere(focus, around)];
  for (const { pixels, inside, depth } of gaps) {
    const size = meanOf(different, inside);
    const uneven = size >= UNEVEN && size >= UNEVENER * usual && Math.abs(meanOf(lighter, inside)) < ONE_SIDED * size;
    const sharper = meanOf(focus, inside) - usualFocus;
    const sharpness = Math.max(sharper / FACETS, (sharper * (Math.min(DEEPEST, depth) + 1)) / DEEP_FACETS);
    const faceted = sharpness > SOFT && meanOf(opinion, inside) > ODDS_FOR_SHARPNESS * (SHARP_ENOUGH - sharpness);
    if (uneven || faceted) for (const at of pixels) mask[at] = 1;
  }
};

/** Marks small holes, and bays with a narrow mouth (`open`); and the piece with all of its holes and bays (`closed`). */
const openingsOf = (cv: OpenCv, mask: Uint8Array, { width, height }: FirstLook['lab']): { open: Uint8Array; closed: Uint8Array } => {
  const size = { width, height };
  const reach = Math.round((WIDEST * Math.max(width, height)) / 2);
  const closed = morphed(cv, 'erode', morphed(cv, 'dilate', mask, size, reach), size, reach);
  const open = closed.map((value, at) => (value && !mask[at] ? 1 : 0));
  for (const { touchesFrame, area, pixels } of regionsOf(mask, width, height, 0)) {
    if (touchesFrame) continue;
    for (const at of pixels) {
      open[at] = area < OPENING * mask.length ? 1 : 0;
      closed[at] = 1;
    }
  }
  return { open, closed };
};

const gapOf = ({ pixels }: Region, open: Uint8Array, mask: Uint8Array, width: number): Gap => {
  let [depth, outline, shared] = [0, 0, 0];
  const inside = pixels.filter((at) => {
    let steps = 0;
    while (steps <= DEEPEST && [-1, 1, -width, width].every((way) => open[at + (steps + 1) * way])) steps++;
    depth = Math.max(depth, steps);
    for (const way of [-1, 1, -width, width]) {
      if (open[at + way]) continue;
      outline++;
      shared += mask[at + way] ?? 0;
    }
    return steps > 0;
  });
  return { pixels, inside: inside.length > ENOUGH_INSIDE ? inside : pixels, depth, surrounded: shared / Math.max(1, outline) };
};
