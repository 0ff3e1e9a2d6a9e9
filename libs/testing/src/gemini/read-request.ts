import { type GenerateContentRequest, type SentPart } from './gemini-call';
import { readGenerationConfig } from './generation-config';
import { invalidArgument, invalidJson } from './google-api-error';
import { fieldOf, readList, readMessage, readString, type JsonObject } from './protobuf-json';
import { readPicture } from './sent-picture';

/** https://ai.google.dev/api/generate-content#request-body, and `model`, which the SDKs repeat there */
const FIELDS = [
  'contents',
  'tools',
  'toolConfig',
  'safetySettings',
  'systemInstruction',
  'generationConfig',
  'cachedContent',
  'serviceTier',
  'store',
  'model',
];

/** https://ai.google.dev/gemini-api/docs/image-generation: up to 14 reference pictures, counted over all contents */
const MAX_PICTURES = 14;

/**
 * Reads the body of `generateContent` as strictly as the service does, in words close to its own.
 *
 * @throws GoogleApiError 400
 */
export async function readGenerateContentRequest(body: string): Promise<GenerateContentRequest> {
  const request = readMessage(parseJson(body), '', FIELDS);
  const config = fieldOf(request, 'generationConfig');
  const generationConfig = config === undefined ? {} : readGenerationConfig(config);
  return { parts: await readContents(request), generationConfig };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw invalidJson(`Invalid JSON payload received. Unexpected token.\n${body.slice(0, 40)}\n^`);
  }
}

async function readContents(request: JsonObject): Promise<SentPart[]> {
  const contents = readList(request, 'contents', '');
  if (contents.length === 0) {
    throw invalidArgument('* GenerateContentRequest.contents: contents is not specified\n');
  }
  const parts: SentPart[] = [];
  for (const [index, value] of contents.entries()) {
    parts.push(...(await readContent(value, `contents[${index}]`)));
  }
  const pictures = parts.filter((part) => 'mime' in part).length;
  if (pictures > MAX_PICTURES) {
    // the limit is documented, the wording is not
    throw invalidArgument(`The request has ${pictures} images, the model takes at most ${MAX_PICTURES}.`);
  }
  return parts;
}

/** https://ai.google.dev/api/caching#Content */
async function readContent(value: unknown, path: string): Promise<SentPart[]> {
  const content = readMessage(value, path, ['role', 'parts']);
  const role = readString(content, 'role', path);
  if (role !== undefined && role !== 'user' && role !== 'model') {
    throw invalidArgument('Please use a valid role: user, model.');
  }
  const parts = readList(content, 'parts', path);
  if (parts.length === 0) {
    throw invalidArgument(`* GenerateContentRequest.${path}.parts: contents.parts must not be empty.\n`);
  }
  return Promise.all(parts.map((part, index) => readPart(part, `${path}.parts[${index}]`)));
}

/** https://ai.google.dev/api/caching#Part: files, functions and code are of no use to Facet and unknown here. */
async function readPart(value: unknown, path: string): Promise<SentPart> {
  const part = readMessage(value, path, ['text', 'inlineData']);
  const text = readString(part, 'text', path);
  const blob = fieldOf(part, 'inlineData');
  if (text !== undefined && blob !== undefined) {
    throw invalidJson(`Invalid value at '${path}' (oneof), oneof field 'data' is already set. Cannot set 'inlineData'`, path);
  }
  if (blob !== undefined) {
    return readPicture(blob, `${path}.inline_data`);
  }
  if (text === undefined) {
    throw invalidArgument(`* GenerateContentRequest.${path}.data: required oneof field 'data' must have one initialized field\n`);
  }
  return { text };
}
