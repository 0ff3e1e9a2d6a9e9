import type { EnhancedGenerateContentResponse } from '@google/generative-ai';
import { FacetError } from '@facet/platform';

interface AnsweredPicture {
  bytes: Buffer;
  /** tokens */
  usage: Record<string, number> | null;
}

/**
 * The picture in Gemini's answer. A refusal comes with status 200: a blocked prompt, or a candidate that ended for
 * another reason than STOP and holds no picture (https://ai.google.dev/api/generate-content#FinishReason).
 *
 * @throws FacetError `refused`, or `model_failed` (retryable) when there is neither a picture nor a reason
 */
export function pictureIn(response: EnhancedGenerateContentResponse): AnsweredPicture {
  const blocked = response.promptFeedback?.blockReason;
  if (blocked) {
    throw refusal('The request', blocked);
  }
  const candidate = response.candidates?.[0];
  const picture = candidate?.content.parts.find((part) => part.inlineData)?.inlineData;
  if (!picture) {
    const reason = candidate?.finishReason;
    if (reason && !['STOP', 'MAX_TOKENS', 'FINISH_REASON_UNSPECIFIED'].includes(reason)) {
      throw refusal('The picture', reason);
    }
    throw new FacetError('model_failed', 'The model answered without a picture.', { retryable: true });
  }
  return { bytes: Buffer.from(picture.data, 'base64'), usage: usageOf(response) };
}

const refusal = (what: string, reason: string): FacetError =>
  new FacetError('refused', `${what} was refused by the model's safety rules (${reason}).`, { details: { reason } });

function usageOf({ usageMetadata: usage }: EnhancedGenerateContentResponse): Record<string, number> | null {
  return usage
    ? { prompt_tokens: usage.promptTokenCount, output_tokens: usage.candidatesTokenCount, total_tokens: usage.totalTokenCount }
    : null;
}
