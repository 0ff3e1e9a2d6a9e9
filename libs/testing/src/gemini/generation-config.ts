import { invalidArgument } from './google-api-error';
import { fieldOf, invalidValue, pathOf, readList, readMessage, readNumber, readString, type JsonObject } from './protobuf-json';

/** https://ai.google.dev/api/generate-content#generationconfig */
const FIELDS = [
  'stopSequences',
  'responseMimeType',
  'responseSchema',
  'responseJsonSchema',
  'responseModalities',
  'candidateCount',
  'maxOutputTokens',
  'temperature',
  'topP',
  'topK',
  'seed',
  'presencePenalty',
  'frequencyPenalty',
  'responseLogprobs',
  'logprobs',
  'enableEnhancedCivicAnswers',
  'speechConfig',
  'thinkingConfig',
  'imageConfig',
  'mediaResolution',
];

const MODALITIES = ['TEXT', 'IMAGE', 'AUDIO'];

/** https://ai.google.dev/gemini-api/docs/image-generation */
const ASPECT_RATIOS = ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9', '1:4', '4:1', '1:8', '8:1'];
const IMAGE_SIZES = ['1K', '2K', '4K'];

const PATH = 'generation_config';

/** @throws GoogleApiError 400 as the service answers it */
export function readGenerationConfig(value: unknown): JsonObject {
  const config = readMessage(value, PATH, FIELDS);
  readList(config, 'responseModalities', PATH).forEach((modality, index) => {
    if (typeof modality !== 'string' || !MODALITIES.includes(modality.toUpperCase())) {
      throw invalidValue(
        `${PATH}.response_modalities[${index}]`,
        'type.googleapis.com/google.ai.generativelanguage.v1beta.GenerationConfig.Modality',
        modality,
      );
    }
  });
  within(config, 'temperature', 2);
  within(config, 'topP', 1);
  if (fieldOf(config, 'imageConfig') !== undefined) {
    checkImageConfig(fieldOf(config, 'imageConfig'));
  }
  return config;
}

function within(config: JsonObject, name: string, highest: number): void {
  const value = readNumber(config, name, PATH);
  if (value !== undefined && !(value >= 0 && value <= highest)) {
    const path = pathOf(PATH, name);
    throw invalidArgument(`* GenerateContentRequest.${path}: ${name} must be in the range [0.0, ${highest.toFixed(1)}].\n`);
  }
}

function checkImageConfig(value: unknown): void {
  const path = `${PATH}.image_config`;
  const config = readMessage(value, path, ['aspectRatio', 'imageSize']);
  oneOf(readString(config, 'aspectRatio', path), ASPECT_RATIOS, 'aspect_ratio');
  oneOf(readString(config, 'imageSize', path), IMAGE_SIZES, 'image_size');
}

/** The wording is not documented; that `1k` is refused is. */
function oneOf(value: string | undefined, allowed: readonly string[], name: string): void {
  if (value !== undefined && !allowed.includes(value)) {
    throw invalidArgument(
      `* GenerateContentRequest.generation_config.image_config.${name}: ${name} must be one of ${allowed.join(', ')}.\n`,
    );
  }
}
