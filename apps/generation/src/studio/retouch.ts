import type { Rgb } from './colour-space';
import type { Adjustments } from './adjustments';
import type { Background } from './background-wish';
import { composeOnGround } from './compose-on-ground';
import { cutOutPhoto, NOT_SURE, type Ornament } from './cut-out-photo';
import { coverageOn, evenGroundOf, isWhite } from './flat-ground';
import { grade } from './grade';
import { liftFromWhite } from './lift-from-white';
import { liftedAsRemembered, liftedBefore } from './lifted-before';
import type { OpenCv } from './opencv';
import { alphaOf, blurred } from './raster';
import { boxOfCoverage, reframe, squareWindow, zoomWindow } from './reframe';
import { changeShadow } from './retouch-shadow';
import { readInstruction, type Understood } from './retouch-words';
import { withoutShadow } from './shadow-on-ground';
import { sharpen, softnessOf } from './sharpen';
import { mirrored, quartersOf, quarterTurned, turnedOnGround } from './turn-picture';
import type { WorkingCopy } from './working-copy';

/** A picture and what there is to say about it. */
export interface Retouched {
  copy: WorkingCopy;
  notes: string[];
}

const NO_PIECE = 'I could not tell the ornament from its background, so the background stays.';
const NO_SHADOW_TO_CHANGE = 'I can change the shadow only on an even background, so it stays.';
const NOTHING_BEYOND = 'I do not know what lies beyond the edges of this picture, so I did not zoom out.';
const SCENE_TURNS_BY_QUARTERS = 'A picture with a scene I can turn by quarters only.';

/**
 * Changes a picture as an instruction says that was read. What was not understood it leaves alone and says so; the picture comes
 * back in any case. `openCv` is called only when the piece must be told from its ground.
 */
export const adjusted = async (
  parent: WorkingCopy,
  { adjustments, notUnderstood, part }: Understood,
  openCv: () => Promise<OpenCv>,
): Promise<Retouched> => {
  const notes = notUnderstood.map((clause) => `I did not understand "${clause}".`);
  if (part !== undefined) notes.push(`I can change a piece as a whole only, not "${part}" alone.`);
  const cut = async ({ picture }: WorkingCopy): Promise<Ornament> => {
    const ornament = await cutOutPhoto(await openCv(), picture);
    if (ornament.found && !ornament.isSure && !notes.includes(NOT_SURE)) notes.push(NOT_SURE);
    return ornament;
  };
  let copy = parent;
  if (adjustments.background) copy = await withBackground(copy, adjustments.background, cut, notes);
  if (adjustments.shadow !== 0) copy = await withShadow(copy, adjustments.shadow, cut, notes);
  if (changesColour(adjustments)) {
    copy = { ...copy, picture: grade(copy.picture, adjustments, await coverageFor(copy, adjustments, cut)) };
    // no even ground keeps its colour in a picture without colours
    if (adjustments.saturation === -Infinity) copy = { ...copy, picture: grade(copy.picture, COLOURLESS, null) };
  }
  if (adjustments.sharpness !== 0) copy = await withSharpness(copy, adjustments.sharpness);
  if (adjustments.mirror) copy = await mirrored(copy, adjustments.mirror);
  if (adjustments.rotation !== 0) copy = await turned(copy, adjustments.rotation, notes);
  return { copy: await withFrame(copy, adjustments, notes), notes };
};

const COLOURLESS: Adjustments = { ...readInstruction('').adjustments, saturation: -Infinity };

const changesColour = ({ brightness, contrast, saturation, warmth, accent }: Adjustments): boolean =>
  brightness !== 0 || contrast !== 0 || saturation !== 0 || warmth !== 0 || accent !== null;

const withSharpness = async (copy: WorkingCopy, amount: number): Promise<WorkingCopy> => {
  const { picture, piece } = copy;
  const softened = piece && amount < 0 ? await blurred(piece, picture.width, picture.height, softnessOf(picture, amount)) : piece;
  return { ...copy, picture: await sharpen(picture, amount), piece: softened };
};

type Cut = (copy: WorkingCopy) => Promise<Ornament>;

const withBackground = async (copy: WorkingCopy, background: Background, cut: Cut, notes: string[]): Promise<WorkingCopy> => {
  const ornament = copy.alpha ? liftedBefore(copy) : (liftedAsRemembered(copy) ?? liftFromWhite(copy.picture) ?? (await cut(copy)));
  if (!ornament.found) {
    notes.push(NO_PIECE);
    return copy;
  }
  return composeOnGround(ornament, background);
};

const withShadow = async (copy: WorkingCopy, amount: number, cut: Cut, notes: string[]): Promise<WorkingCopy> => {
  const ground = groundOf(copy);
  if (!ground) {
    notes.push(copy.alpha ? 'There is no shadow on a transparent background.' : NO_SHADOW_TO_CHANGE);
    return copy;
  }
  const coverage = await coverageOfPiece(copy, cut);
  if (!coverage) {
    notes.push(NO_SHADOW_TO_CHANGE);
    return copy;
  }
  return { ...copy, picture: await changeShadow(copy.picture, coverage, ground, amount) };
};

/** Where the piece is on any ground, 0..255 per pixel; null when it cannot be told from it. */
const coverageOfPiece = async (copy: WorkingCopy, cut: Cut): Promise<Uint8Array | null> => {
  if (copy.piece) return copy.piece;
  const { cutOut, found } = await cut(copy);
  return found ? alphaOf(cutOut) : null;
};

/** The colour of an even ground; null for a scene and for nothing at all. */
const groundOf = ({ picture, alpha }: WorkingCopy): Rgb | null => (alpha ? null : evenGroundOf(picture));

/** Where the piece is, 0..255 per pixel, as far as that is known without a search; null on a scene. */
const knownCoverage = ({ picture, alpha, piece }: WorkingCopy, ground: Rgb | null): Uint8Array | null =>
  piece ?? alpha ?? (ground && coverageOn(ground, picture));

/** An even ground keeps its colour. On any other the whole picture is graded, but a new metal is for the piece alone. */
const coverageFor = async (copy: WorkingCopy, { accent }: Adjustments, cut: Cut): Promise<Uint8Array | null> => {
  if (copy.alpha) return null;
  const ground = groundOf(copy);
  if (!ground) return accent ? coverageOfPiece(copy, cut) : null;
  if (copy.piece) return copy.piece;
  const coverage = coverageOn(ground, copy.picture);
  return isWhite(ground) ? coverage : withoutShadow(coverage, copy.picture, ground);
};

const turned = async (copy: WorkingCopy, degrees: number, notes: string[]): Promise<WorkingCopy> => {
  const { quarters, rest } = quartersOf(degrees);
  const upright = await quarterTurned(copy, quarters);
  if (rest === 0) return upright;
  const ground = groundOf(upright);
  const coverage = knownCoverage(upright, ground);
  if (coverage && (ground || upright.alpha)) return turnedOnGround(upright, rest, ground, coverage);
  notes.push(SCENE_TURNS_BY_QUARTERS);
  return upright;
};

const withFrame = async (copy: WorkingCopy, { zoom, square }: Adjustments, notes: string[]): Promise<WorkingCopy> => {
  if (zoom === 0 && !square) return copy;
  const { width, height } = copy.picture;
  const ground = groundOf(copy);
  const coverage = knownCoverage(copy, ground);
  const piece = coverage && boxOfCoverage(coverage, width, height);
  if (square) return reframe(copy, squareWindow(width, height, piece), ground);
  if (zoom < 0 && !ground && !copy.alpha) {
    notes.push(NOTHING_BEYOND);
    return copy;
  }
  const window = zoomWindow(width, height, zoom, piece);
  if (zoom > 0 && window.right - window.left >= width) notes.push('The ornament fills the picture already, so I did not zoom in.');
  return reframe(copy, window, ground);
};
