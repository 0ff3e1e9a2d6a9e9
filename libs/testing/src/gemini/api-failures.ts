import { GoogleApiError } from './google-api-error';

const SERVICE = 'generativelanguage.googleapis.com';
const RATE_LIMITS = 'https://ai.google.dev/gemini-api/docs/rate-limits';

/** A key that does not exist is an invalid argument, not a 401 or 403: https://ai.google.dev/gemini-api/docs/api-key */
export function apiKeyInvalid(): GoogleApiError {
  const message = 'API key not valid. Please pass a valid API key.';
  return new GoogleApiError(400, 'INVALID_ARGUMENT', message, [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'API_KEY_INVALID',
      domain: 'googleapis.com',
      metadata: { service: SERVICE },
    },
    { '@type': 'type.googleapis.com/google.rpc.LocalizedMessage', locale: 'en-US', message },
  ]);
}

/** As it is reported in https://github.com/PublicAffairs/openai-gemini/issues/92 */
export const apiKeyMissing = (): GoogleApiError =>
  new GoogleApiError(
    403,
    'PERMISSION_DENIED',
    "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
  );

/**
 * A key that Google has suspended, which it repeats: https://github.com/google/generative-ai-docs/issues/356
 *
 * @param key as it was sent
 */
export const apiKeySuspended = (key: string): GoogleApiError =>
  new GoogleApiError(403, 'PERMISSION_DENIED', `Permission denied: Consumer 'api_key:${key}' has been suspended.`, [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'CONSUMER_SUSPENDED',
      domain: 'googleapis.com',
      metadata: { service: SERVICE, containerInfo: `api_key:${key}` },
    },
  ]);

/** No free tier here and no billing set up: https://ai.google.dev/gemini-api/docs/troubleshooting */
export const preconditionFailed = (): GoogleApiError =>
  new GoogleApiError(400, 'FAILED_PRECONDITION', 'User location is not supported for the API use.');

/** `generateContent` on a model that was retired or never was: https://ai.google.dev/gemini-api/docs/deprecations */
export const modelNotFound = (model: string): GoogleApiError =>
  new GoogleApiError(
    404,
    'NOT_FOUND',
    `models/${model} is not found for API version v1beta, or is not supported for generateContent. Call ModelService.ListModels to see the list of available models and their supported methods.`,
  );

/** `models.get` says it in other words: https://ai.google.dev/api/models#method:-models.get */
export const noSuchModel = (model: string): GoogleApiError =>
  new GoogleApiError(404, 'NOT_FOUND', `Model is not found: models/${model} for api version v1beta`);

/**
 * https://ai.google.dev/gemini-api/docs/rate-limits. The details say which quota and how long to wait; a quota of money
 * or of a day may come without `RetryInfo`.
 *
 * @param retryDelay a protobuf duration, such as `22s` or `22.147s`
 */
export function quotaExhausted(model: string, retryDelay?: string | null): GoogleApiError {
  const metric = `${SERVICE}/generate_requests_per_model`;
  const message =
    `You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: ${RATE_LIMITS}. ` +
    `To monitor your current usage, head to: https://ai.dev/rate-limit. \n* Quota exceeded for metric: ${metric}, limit: 10, model: ${model}` +
    (retryDelay ? `\nPlease retry in ${retryDelay}.` : '');
  return new GoogleApiError(429, 'RESOURCE_EXHAUSTED', message, [
    {
      '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
      violations: [
        {
          quotaMetric: metric,
          quotaId: 'GenerateRequestsPerMinutePerProjectPerModel',
          quotaDimensions: { location: 'global', model },
          quotaValue: '10',
        },
      ],
    },
    { '@type': 'type.googleapis.com/google.rpc.Help', links: [{ description: 'Learn more about Gemini API quotas', url: RATE_LIMITS }] },
    ...(retryDelay ? [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo' as const, retryDelay }] : []),
  ]);
}

/** https://ai.google.dev/gemini-api/docs/troubleshooting, and so for the next two */
export const internal = (): GoogleApiError =>
  new GoogleApiError(
    500,
    'INTERNAL',
    'An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting',
  );

export const unavailable = (): GoogleApiError => new GoogleApiError(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.');

export const deadlineExpired = (): GoogleApiError =>
  new GoogleApiError(504, 'DEADLINE_EXCEEDED', 'Deadline expired before operation could complete.');
