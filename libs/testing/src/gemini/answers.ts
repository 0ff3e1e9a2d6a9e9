import { randomUUID } from 'node:crypto';
import { type GeminiCall } from './gemini-call';
import { type GoogleApiError } from './google-api-error';

/** What goes onto the wire. */
export interface Answer {
  /** for `GeminiCall.answered` */
  answered: string;
  /** HTTP */
  status: number;
  body: Readonly<Record<string, unknown>>;
}

export interface InlineData {
  mimeType: string;
  data: Buffer;
}

/** Tokens of a generated 1K picture and of a reference picture: https://ai.google.dev/gemini-api/docs/pricing */
const TOKENS_OF_A_RESULT = 1120;
const TOKENS_OF_A_REFERENCE = 560;
/** https://ai.google.dev/gemini-api/docs/tokens */
const CHARACTERS_PER_TOKEN = 4;

const pictureInPart = ({ mimeType, data }: InlineData) => ({ inlineData: { mimeType, data: data.toString('base64') } });

const INTRODUCTION = 'Here is the picture you asked for: ';

/** https://ai.google.dev/api/generate-content#generatecontentresponse; pictures come as inline data beside text parts. */
export function candidateAnswer(call: GeminiCall, answered: string, { text, picture }: { text?: string; picture?: InlineData }): Answer {
  const parts = [...(text === undefined ? [] : [{ text }]), ...(picture ? [pictureInPart(picture)] : [])];
  const candidate = { content: { parts, role: 'model' }, finishReason: 'STOP', index: 0 };
  return success(call, answered, { candidates: [candidate] }, { text: tokensOf(text ?? ''), image: picture ? TOKENS_OF_A_RESULT : 0 });
}

/** A picture after a sentence, as the image models like to answer. */
export const pictureAnswer = (call: GeminiCall, answered: string, picture: InlineData, text = INTRODUCTION): Answer =>
  candidateAnswer(call, answered, { text, picture });

/** Drafts on the way to the picture, which thinking models may show: https://ai.google.dev/gemini-api/docs/image-generation */
export function draftsAnswer(call: GeminiCall, drafts: readonly InlineData[], picture: InlineData): Answer {
  const parts = [...drafts.map((draft) => ({ ...pictureInPart(draft), thought: true })), pictureInPart(picture)];
  const candidate = { content: { parts, role: 'model' }, finishReason: 'STOP', index: 0 };
  return success(call, 'drafts', { candidates: [candidate] }, { text: 0, image: TOKENS_OF_A_RESULT });
}

/** https://ai.google.dev/api/generate-content#BlockReason: the prompt was refused before anything was generated. */
export const blockedAnswer = (call: GeminiCall, blockReason: string): Answer =>
  success(call, `blocked:${blockReason}`, { promptFeedback: { blockReason } });

/**
 * https://ai.google.dev/api/generate-content#FinishReason: the generation was stopped, and there is no part. Reports show
 * `content` missing with the reasons of text, and there without `parts` with those of pictures
 * (https://github.com/BerriAI/litellm/issues/20357).
 */
export function finishedAnswer(call: GeminiCall, finishReason: string): Answer {
  const ofPictures = finishReason.includes('IMAGE');
  const candidate = {
    ...(ofPictures && { content: {} }),
    finishReason,
    finishMessage: ofPictures
      ? 'Unable to show the generated image. Try rephrasing the prompt. If you think this was an error, send feedback.'
      : `The generation was stopped: ${finishReason}.`,
    index: 0,
  };
  return success(call, `finished:${finishReason}`, { candidates: [candidate] });
}

/** Status 200 that tells nothing at all, which happens under load. */
export const emptyAnswer = (call: GeminiCall): Answer => success(call, 'no-candidates', {});

export const errorAnswer = (error: GoogleApiError): Answer => ({ answered: String(error.code), status: error.code, body: error.body });

function success(call: GeminiCall, answered: string, body: Record<string, unknown>, output = { text: 0, image: 0 }): Answer {
  return {
    answered,
    status: 200,
    body: { ...body, usageMetadata: usageOf(call, output), modelVersion: call.model, responseId: randomUUID() },
  };
}

/** https://ai.google.dev/api/generate-content#UsageMetadata */
function usageOf({ parts }: GeminiCall, output: { text: number; image: number }): Record<string, unknown> {
  const text = parts.reduce((sum, part) => sum + ('text' in part ? tokensOf(part.text) : 0), 0);
  const image = parts.filter((part) => 'mime' in part).length * TOKENS_OF_A_REFERENCE;
  const prompt = text + image;
  const candidates = output.text + output.image;
  return {
    promptTokenCount: prompt,
    ...(candidates > 0 && { candidatesTokenCount: candidates, candidatesTokensDetails: detailsOf(output) }),
    totalTokenCount: prompt + candidates,
    promptTokensDetails: detailsOf({ text, image }),
  };
}

const detailsOf = ({ text, image }: { text: number; image: number }) => [
  ...(text > 0 ? [{ modality: 'TEXT', tokenCount: text }] : []),
  ...(image > 0 ? [{ modality: 'IMAGE', tokenCount: image }] : []),
];

const tokensOf = (text: string): number => Math.ceil(text.length / CHARACTERS_PER_TOKEN);
