import { GoogleGenerativeAIFetchError } from '@google/generative-ai';
import { FacetError } from '@facet/platform';

/**
 * What a failed call means for the job. Too many requests, server faults and broken connections pass by waiting; a bad
 * key, an unknown model and a bad request do not.
 */
export function classifyGeminiError(cause: unknown, model: string): FacetError {
  const status = cause instanceof GoogleGenerativeAIFetchError ? cause.status : undefined;
  switch (status) {
    case 400:
      return new FacetError('model_failed', 'The model did not accept the request.', { cause });
    case 401:
    case 403:
      return new FacetError('model_failed', 'Gemini does not accept the key in GOOGLE_API_KEY.', { cause });
    case 404:
      return new FacetError('model_failed', `Gemini has no model "${model}": set GEMINI_MODEL to one that it offers.`, { cause });
    case 429:
      return new FacetError('unavailable', 'The model takes no more requests at the moment.', { retryable: true, cause });
    default:
      return new FacetError('unavailable', 'The model cannot be reached at the moment.', { retryable: true, cause });
  }
}
