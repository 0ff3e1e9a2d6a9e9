import { GoogleGenerativeAIAbortError, GoogleGenerativeAIFetchError, GoogleGenerativeAIRequestInputError } from '@google/generative-ai';
import { FacetError } from '@facet/platform';
import type { GeminiOptions } from './gemini-options';
import { misconfigured, outage, rateLimited, timedOut, unusable } from '../model/model-errors';

/** Characters of a failure's own words that are kept. */
const LONGEST_REPORT = 500;

/** What may be told of a failure: the SDK's own objects hold what Google said, which may repeat the key. */
function reportOf(cause: unknown, apiKey: string): Error {
  const told = cause instanceof Error ? [cause.message, cause.cause instanceof Error ? cause.cause.message : ''] : [String(cause)];
  const words = told.filter(Boolean).join(': ').replaceAll(apiKey, '[key]').slice(0, LONGEST_REPORT);
  return new Error(`${nameOf(cause)}: ${words}`);
}

/**
 * What a failed call means for the job, after https://ai.google.dev/gemini-api/docs/troubleshooting. Too many requests,
 * server faults and broken connections pass by waiting; a bad key, an unknown model and a bad request do not.
 *
 * @param thrown what the SDK threw; of it only words without the key are kept
 */
export function classifyGeminiError(thrown: unknown, { model, apiKey }: Pick<GeminiOptions, 'model' | 'apiKey'>): FacetError {
  const error = classify(thrown, model);
  return new FacetError(error.code, error.message, {
    retryable: error.retryable,
    details: error.details,
    cause: reportOf(thrown, apiKey),
  });
}

function classify(cause: unknown, model: string): FacetError {
  if (cause instanceof GoogleGenerativeAIFetchError && cause.status !== undefined) {
    return classifyStatus(cause.status, cause, model);
  }
  if (cause instanceof GoogleGenerativeAIAbortError || ['AbortError', 'TimeoutError'].includes(nameOf(cause))) {
    return timedOut(cause);
  }
  if (cause instanceof GoogleGenerativeAIRequestInputError) {
    return new FacetError('model_failed', 'The image model was asked for something that it does not know.', { cause });
  }
  // a whole answer that is no JSON: the connection was not broken off
  return nameOf(cause) === 'SyntaxError' ? unusable('The image model sent an answer that cannot be read.', cause) : outage(cause);
}

function classifyStatus(status: number, cause: GoogleGenerativeAIFetchError, model: string): FacetError {
  switch (status) {
    case 400:
      return classifyBadRequest(cause);
    case 401:
    case 403:
      return badKey(cause);
    case 404:
      return misconfigured('GEMINI_MODEL', `Gemini has no model "${model}" (any more): set GEMINI_MODEL to one that it offers.`, cause);
    case 413:
      return new FacetError('model_failed', 'The pictures are too large for the image model.', { cause });
    case 429:
      return rateLimited(cause, retryDelayOf(cause));
    default:
      return status === 408 || status >= 500 ? outage(cause) : notAccepted(cause);
  }
}

/**
 * A wrong key is answered with 400 and the reason `API_KEY_INVALID`; an account that is not served (no billing, or a
 * country without the free tier) with 400 FAILED_PRECONDITION, of which the SDK hands on the text alone.
 */
function classifyBadRequest(cause: GoogleGenerativeAIFetchError): FacetError {
  if (detailsOf(cause).some(({ reason }) => reason === 'API_KEY_INVALID')) {
    return badKey(cause);
  }
  if (/billing|location is not supported/i.test(cause.message)) {
    return misconfigured('GOOGLE_API_KEY', 'Gemini does not serve the account of GOOGLE_API_KEY: it needs billing.', cause);
  }
  return notAccepted(cause);
}

const badKey = (cause: unknown): FacetError => misconfigured('GOOGLE_API_KEY', 'Gemini does not accept the key in GOOGLE_API_KEY.', cause);

const notAccepted = (cause: unknown): FacetError =>
  new FacetError('model_failed', 'The image model did not accept the request.', { cause });

/** `google.rpc.RetryInfo`: a duration such as `22s` or `0.5s` (https://cloud.google.com/apis/design/errors). In ms. */
function retryDelayOf(cause: GoogleGenerativeAIFetchError): number | null {
  const [delay] = detailsOf(cause).flatMap(({ retryDelay }) => (typeof retryDelay === 'string' ? [Number.parseFloat(retryDelay)] : []));
  return delay === undefined || Number.isNaN(delay) ? null : Math.ceil(delay * 1_000);
}

const detailsOf = ({ errorDetails }: GoogleGenerativeAIFetchError): Record<string, unknown>[] => errorDetails ?? [];

/** What the SDK does not classify comes as it was thrown, some of it not by a class of ours (`AbortError` is a DOMException). */
const nameOf = (cause: unknown): string => (typeof cause === 'object' && cause !== null && 'name' in cause ? String(cause.name) : '');
