import { composeOnColour } from './compose-on-ground';
import { cutOutPhoto } from './cut-out-photo';
import { coverageOnFlatGround } from './flat-ground';
import { grade } from './grade';
import type { OpenCv } from './opencv';
import { finish, pipeline, type Raster } from './raster';
import { readInstruction, type Adjustments } from './retouch-words';

/** A picture and what there is to say about it. */
export interface Retouched {
  picture: Raster;
  notes: string[];
}

/**
 * Changes a picture as the instruction says. What it does not understand it leaves alone and says so; the picture comes
 * back in any case. `openCv` is called only when the piece must be told from its ground.
 */
export const retouch = async (parent: Raster, instruction: string, openCv: () => Promise<OpenCv>): Promise<Retouched> => {
  const { adjustments, notUnderstood } = readInstruction(instruction);
  const notes = notUnderstood.map((clause) => `I did not understand "${clause}".`);
  let picture = parent;
  if (adjustments.background) {
    const ornament = await cutOutPhoto(await openCv(), picture);
    if (ornament.found) picture = await composeOnColour(ornament, adjustments.background);
    else notes.push('I could not tell the ornament from its background, so the background stays.');
  }
  if (changesColour(adjustments)) picture = grade(picture, adjustments, await coverageFor(picture, adjustments, openCv));
  if (adjustments.sharpness !== 0) picture = await focus(picture, adjustments.sharpness);
  return { picture, notes };
};

const changesColour = ({ brightness, contrast, saturation, warmth, accent }: Adjustments): boolean =>
  brightness !== 0 || contrast !== 0 || saturation !== 0 || warmth !== 0 || accent !== null;

/** An even ground keeps its colour. On any other the whole picture is graded, but a new metal is for the piece alone. */
const coverageFor = async (picture: Raster, { accent }: Adjustments, openCv: () => Promise<OpenCv>): Promise<Uint8Array | null> => {
  const flat = coverageOnFlatGround(picture);
  if (flat || !accent) return flat;
  const { cutOut, found } = await cutOutPhoto(await openCv(), picture);
  return found ? Uint8Array.from({ length: cutOut.width * cutOut.height }, (_, at) => cutOut.data[4 * at + 3] ?? 0) : null;
};

const focus = (picture: Raster, sharpness: number): Promise<Raster> => {
  const amount = Math.min(3, Math.abs(sharpness));
  const scale = Math.max(picture.width, picture.height) / 1600;
  return finish(
    sharpness > 0
      ? pipeline(picture).sharpen({ sigma: Math.max(0.6, 0.9 * scale), m1: 0.4, m2: 1.4 * amount })
      : pipeline(picture).blur(Math.max(0.5, 1.2 * amount * scale)),
  );
};
