import type { InputRole } from '@facet/contracts';
import sharp from 'sharp';
import { campaignShot } from './campaign-shot';
import { chooseBackground } from './choose-background';
import { composeOnGround } from './compose-on-ground';
import { cutOutPhoto, NOT_SURE, type Ornament } from './cut-out-photo';
import { editorialPlate } from './editorial-plate';
import type { OpenCv } from './opencv';
import { firstWishes } from './first-wishes';
import { decode, encode, INPUT_LIMITS, LONGEST_SIDE, type Raster } from './raster';
import { realModelPlate } from './real-model-plate';
import { xmpOf } from './remembered-piece';
import { adjusted } from './retouch';
import { readInstruction } from './retouch-words';
import { liftedByItsOwner } from './lifted-before';
import { inGoodLight } from './studio-light';
import type { StudioPicture, StudioTask } from './studio-task';
import { withinReach } from './within-reach';
import { joined, openWorkingCopy } from './working-copy';
import { wornPortrait } from './worn-portrait';

const NOT_FOUND = 'I could not tell the ornament from its background, so the photo is used whole.';
const NO_GENERATIVE_MODEL = 'The local studio has no generative model: the ornament is shown on an editorial plate, not worn by a model.';
const NOT_WORN = 'The local studio has no generative model: the ornament is shown beside the portrait, not worn.';
const LAID_ON = 'The local studio has no generative model: the ornament is laid on the portrait where it is worn, in its light.';
const NO_CAMPAIGN_MODEL = 'The local studio has no generative model: the ornaments are arranged in the scene, not worn.';
const ONE_THEME = 'The local studio shows one theme: the first picture of several.';

/** px. One ornament of several is shown smaller than this, so that no more of it is worked on. */
const SIDE_AMONG_SEVERAL = 1200;

interface Made {
  picture: Raster;
  /** where the piece is, for the next step (`WorkingCopy.piece`) */
  piece?: Uint8Array | null;
  fallback: boolean;
  notes: string[];
}

/**
 * Makes the picture that a task asks for. Deterministic: the same task gives the same bytes.
 * Errors: whatever sharp says about bytes that are no picture, and a plain `Error` for a task without the pictures it needs.
 */
export const makePicture = async (task: StudioTask, openCv: () => Promise<OpenCv>): Promise<StudioPicture> => {
  const { picture, piece, fallback, notes } = await make(task, openCv);
  const xmp = piece ? await xmpOf(piece, picture.width, picture.height) : undefined;
  return { ...(await encode(picture, xmp)), fallback, notes };
};

const make = async (task: StudioTask, openCv: () => Promise<OpenCv>): Promise<Made> => {
  const parent = bytesOf(task, 'parent')[0];
  if (parent) {
    const { understood, notes } = withinReach(task.type, readInstruction(task.instruction));
    const made = await adjusted(await openWorkingCopy(parent), understood, openCv);
    return { picture: joined(made.copy), piece: made.copy.piece, fallback: false, notes: [...made.notes, ...notes] };
  }

  const uploads = bytesOf(task, 'ornament');
  const side = uploads.length > 1 ? SIDE_AMONG_SEVERAL : LONGEST_SIDE;
  const ornaments: Ornament[] = [];
  for (const bytes of uploads) ornaments.push(await openOrnament(bytes, side, openCv));
  const [ornament] = ornaments;
  if (!ornament) throw new Error('The task has no picture of an ornament.');
  const missing = ornaments.every(({ found }) => found) ? [] : [NOT_FOUND];
  const doubts = ornaments.some(({ found, isSure }) => found && !isSure) ? [NOT_SURE] : [];
  const notes = [...missing, ...doubts];

  switch (task.type) {
    case 'white_background':
    case 'background_change': {
      const scene = await open(task, 'background');
      const words = task.type === 'background_change' ? task.instruction : '';
      const { background, note } = chooseBackground(task.options.background_color, words);
      const composed = await composeOnGround(ornament, scene ?? background, task.options.framing);
      const { copy, notes: ofWishes } = await adjusted(composed, firstWishes(task.instruction), openCv);
      const unmet = [...missing, ...(note && !scene ? [note] : [])];
      return { picture: joined(copy), piece: copy.piece, fallback: unmet.length > 0, notes: [...unmet, ...doubts, ...ofWishes] };
    }
    case 'model_with_ornament':
      return {
        picture: await editorialPlate(ornament, await open(task, 'pose'), wordsOf(task)),
        fallback: true,
        notes: [...notes, NO_GENERATIVE_MODEL],
      };
    case 'real_model_with_ornament': {
      const portrait = await open(task, 'model');
      if (!portrait) throw new Error('The task has no portrait.');
      const worn = await wornPortrait(portrait, ornament, wordsOf(task));
      if ('picture' in worn) return { picture: worn.picture, fallback: true, notes: [...notes, LAID_ON] };
      return {
        picture: await realModelPlate(portrait, ornament, wordsOf(task)),
        fallback: true,
        notes: [...notes, worn.reason, NOT_WORN],
      };
    }
    case 'campaign_shot_advanced': {
      const pieces = ornaments.map((one, at) => ({ ornament: one, name: task.options.ornament_names?.[at] }));
      const { picture, leftOut } = await campaignShot(pieces, await open(task, 'theme'), await open(task, 'model'));
      const unset = leftOut.map((name) => `I have no letters for "${name}", so this name is left out.`);
      const oneTheme = bytesOf(task, 'theme').length > 1 ? [ONE_THEME] : [];
      return { picture, fallback: true, notes: [...notes, NO_CAMPAIGN_MODEL, ...unset, ...oneTheme] };
    }
  }
};

/** The ornament of an upload, in good light; one that comes without a ground is taken as it is. */
const openOrnament = async (bytes: Uint8Array, side: number, openCv: () => Promise<OpenCv>): Promise<Ornament> => {
  const { hasAlpha } = await sharp(bytes, INPUT_LIMITS).metadata();
  const lifted = hasAlpha ? liftedByItsOwner(await openWorkingCopy(bytes, side)) : null;
  if (lifted) return lifted;
  const photo = await decode(bytes, side);
  return inGoodLight(photo, await cutOutPhoto(await openCv(), photo));
};

/** What may tell the kind of an ornament. */
const wordsOf = ({ options, instruction }: StudioTask): string[] => [...(options.ornament_names ?? []), instruction];

const bytesOf = (task: StudioTask, role: InputRole): Uint8Array[] =>
  task.pictures.filter((picture) => picture.role === role).map(({ bytes }) => bytes);

const open = async (task: StudioTask, role: InputRole): Promise<Raster | null> => {
  const [bytes] = bytesOf(task, role);
  return bytes ? decode(bytes) : null;
};
