import { Framing, ModelType, type ImageOptions, type ImageType, type InputRole } from '@facet/contracts';
import { z } from 'zod';
import { MAX_FILES, MAX_PROMPT } from '../uploads/upload-limits';
import { combinePrompts } from './combine-prompts';

/** A field that holds pictures. */
export interface FileField {
  field: string;
  role: Exclude<InputRole, 'parent'>;
  min: number;
  max: number;
}

/** What the text fields of a form mean, whatever its type. */
interface FormFacts {
  /** the whole prompt of the first generation */
  prompt: string;
  /** the user's own words */
  instruction: string;
  options: ImageOptions;
}

/** The form of one way to make a picture. */
export interface ImageForm {
  type: ImageType;
  files: readonly FileField[];
  /** text fields that may come several times; the others must not */
  repeated: readonly string[];
  /** what a client may write, for the documentation */
  schema: z.ZodObject;
  fields: z.ZodType<FormFacts>;
}

const text = (limit: number) => z.string().trim().max(limit);
const prompt = text(MAX_PROMPT).min(1).describe("The user's own words.");
const measurements = text(500).optional().describe('Sizes, to be true to scale.');
// goes into the prompt: a colour's name or code and nothing else
const colour = z
  .string()
  .trim()
  .max(50)
  .regex(/^(#[0-9a-fA-F]{3,8}|[\p{L}][\p{L} -]*)$/u, 'must be the name of a colour or a #hex code')
  .describe('The name of a colour, #hex, or transparent.');
const framing = Framing.optional().describe(
  'original (the default): frame and position as in the photo; square: centred, with even margins.',
);
const one = (field: string, role: FileField['role']): FileField => ({ field, role, min: 1, max: 1 });
const maybe = (field: string, role: FileField['role']): FileField => ({ field, role, min: 0, max: 1 });
const prompted = (instruction: string, options: ImageOptions): FormFacts => ({ prompt: instruction, instruction, options });

const whiteBackgroundFields = z.object({ prompt: text(MAX_PROMPT).default(''), background_color: colour.default('white'), framing });

/** Ornament on an even ground. */
export const whiteBackgroundForm: ImageForm = {
  type: 'white_background',
  files: [one('image', 'ornament')],
  repeated: [],
  schema: whiteBackgroundFields,
  fields: whiteBackgroundFields.transform(({ prompt: instruction, ...options }) => ({
    prompt: combinePrompts(`Remove the background and replace it with ${options.background_color}`, instruction),
    instruction,
    options,
  })),
};

const backgroundChangeFields = z.object({ prompt, background_color: colour.optional(), framing });

/** Ornament in front of another colour or picture. */
export const backgroundChangeForm: ImageForm = {
  type: 'background_change',
  files: [one('ornament_image', 'ornament'), maybe('background_image', 'background')],
  repeated: [],
  schema: backgroundChangeFields,
  fields: backgroundChangeFields.transform(({ prompt: words, ...options }) => prompted(words, options)),
};

const modelFields = z.object({ prompt, measurements });

/** Ornament worn by a model who does not exist. */
export const modelForm: ImageForm = {
  type: 'model_with_ornament',
  files: [one('ornament_image', 'ornament'), maybe('pose_style', 'pose')],
  repeated: [],
  schema: modelFields,
  fields: modelFields.transform(({ prompt: words, ...options }) => prompted(words, options)),
};

/** Ornament worn by the person of a photograph. */
export const realModelForm: ImageForm = {
  ...modelForm,
  type: 'real_model_with_ornament',
  files: [one('model_image', 'model'), one('ornament_image', 'ornament'), maybe('pose_style', 'pose')],
};

const campaignFields = z.object({
  prompt,
  model_type: ModelType,
  ornament_names: z.array(text(100).min(1)).max(MAX_FILES).default([]),
});

/** Several ornaments in one advertising picture. */
export const campaignForm: ImageForm = {
  type: 'campaign_shot_advanced',
  files: [
    { field: 'ornament_images', role: 'ornament', min: 1, max: MAX_FILES },
    maybe('model_image', 'model'),
    { field: 'theme_images', role: 'theme', min: 0, max: MAX_FILES },
  ],
  repeated: ['ornament_names'],
  schema: campaignFields,
  fields: campaignFields.transform(({ prompt: words, ...options }) => prompted(words, options)),
};
