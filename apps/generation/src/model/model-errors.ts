import { FacetError } from '@facet/platform';

/** What the details of a model's error tell beside its code, for the parts that decide how to go on. */
type Trouble =
  /** the provider is away or overloaded, for everybody */
  | 'outage'
  /** the provider did not answer in time: asking again at once would take as long */
  | 'timeout'
  /** the account has used up what it may call for now */
  | 'rate_limit'
  /** the provider answered, and was paid, with nothing that can be used */
  | 'unusable';

const troubled = (code: 'unavailable' | 'model_failed', trouble: Trouble, message: string, cause?: unknown, details = {}): FacetError =>
  new FacetError(code, message, { retryable: true, details: { trouble, ...details }, cause });

/** The provider cannot be reached, or says that it is overloaded. */
export const outage = (cause: unknown): FacetError =>
  troubled('unavailable', 'outage', 'The image model is not available at the moment.', cause);

/** The provider took longer than a call may. */
export const timedOut = (cause: unknown): FacetError =>
  troubled('unavailable', 'timeout', 'The image model took too long to answer.', cause);

/** @param retryAfterMs the provider's own delay, if it named one */
export const rateLimited = (cause: unknown, retryAfterMs: number | null): FacetError =>
  troubled('unavailable', 'rate_limit', 'The image model takes no more requests at the moment.', cause, {
    ...(retryAfterMs !== null && { retry_after_ms: retryAfterMs }),
  });

/** @param what such as `The model answered without a picture.` */
export const unusable = (what: string, cause?: unknown): FacetError => troubled('model_failed', 'unusable', what, cause);

/** A setting is wrong, and nothing passes until somebody mends it. @param variable such as `GOOGLE_API_KEY` */
export const misconfigured = (variable: string, message: string, cause?: unknown): FacetError =>
  new FacetError('model_failed', message, { details: { variable }, cause });

/** What is the matter with the model, if the error tells. */
export const troubleOf = ({ details: { trouble } }: FacetError): Trouble | undefined => trouble as Trouble | undefined;

/** True when the error is a setting's fault. */
export const isMisconfiguration = ({ details }: FacetError): boolean => 'variable' in details;
