import type { Content, EnhancedGenerateContentResponse } from '@google/generative-ai';
import { unusable } from '../model/model-errors';
import { refusal } from './refusals';

interface AnsweredPicture {
  bytes: Buffer;
  /** tokens */
  usage: Record<string, number> | null;
}

/** Reasons to end that say nothing against the picture. */
const ORDERLY_ENDS = ['STOP', 'MAX_TOKENS', 'FINISH_REASON_UNSPECIFIED'];

/**
 * The picture in Gemini's answer. A refusal comes with status 200: a blocked prompt, or a candidate that ended for
 * another reason than STOP and holds no picture (https://ai.google.dev/api/generate-content#FinishReason).
 *
 * @throws FacetError `refused`, or `model_failed` (retryable) when there is neither a picture nor a reason
 */
export function pictureIn(response: EnhancedGenerateContentResponse): AnsweredPicture {
  const blocked = response.promptFeedback?.blockReason;
  if (blocked) {
    throw refusal('request', blocked);
  }
  const candidate = response.candidates?.[0];
  // a candidate that was cut off has no content, whatever the type says
  const content: Partial<Content> | undefined = candidate?.content;
  // drafts come before the picture, marked as thoughts (https://ai.google.dev/gemini-api/docs/image-generation)
  const finished = content?.parts?.filter((part) => part.inlineData && !('thought' in part && part.thought));
  const picture = finished?.at(-1)?.inlineData;
  if (!picture) {
    const reason = candidate?.finishReason;
    throw reason && !ORDERLY_ENDS.includes(reason) ? refusal('picture', reason) : unusable('The image model answered without a picture.');
  }
  return { bytes: Buffer.from(picture.data, 'base64'), usage: usageOf(response) };
}

function usageOf({ usageMetadata: usage }: EnhancedGenerateContentResponse): Record<string, number> | null {
  const counts = {
    prompt_tokens: usage?.promptTokenCount,
    output_tokens: usage?.candidatesTokenCount,
    total_tokens: usage?.totalTokenCount,
  };
  const known = Object.entries(counts).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  return known.length > 0 ? Object.fromEntries(known) : null;
}
