/** The `google.rpc.Code`s that the Gemini API answers with: https://ai.google.dev/gemini-api/docs/troubleshooting */
type GoogleStatus =
  | 'INVALID_ARGUMENT'
  | 'FAILED_PRECONDITION'
  | 'PERMISSION_DENIED'
  | 'NOT_FOUND'
  | 'RESOURCE_EXHAUSTED'
  | 'INTERNAL'
  | 'UNAVAILABLE'
  | 'DEADLINE_EXCEEDED';

/** One of https://github.com/googleapis/googleapis/blob/master/google/rpc/error_details.proto, written as JSON */
type ErrorDetail = Readonly<Record<string, unknown>> & { readonly '@type': `type.googleapis.com/google.rpc.${string}` };

/** An answer other than 200, in the envelope of all Google APIs: https://cloud.google.com/apis/design/errors#http_mapping */
export class GoogleApiError extends Error {
  constructor(
    /** the HTTP status */
    readonly code: number,
    private readonly status: GoogleStatus,
    message: string,
    private readonly details?: readonly ErrorDetail[],
  ) {
    super(message);
  }

  get body(): Readonly<Record<string, unknown>> {
    const { code, message, status, details } = this;
    return { error: { code, message, status, ...(details && { details }) } };
  }
}

/** 400 of the model's own checks, which come without details. */
export const invalidArgument = (message: string): GoogleApiError => new GoogleApiError(400, 'INVALID_ARGUMENT', message);

/** 400 of the translation from JSON to protocol buffers, which names the field where there is one. */
export const invalidJson = (description: string, field?: string): GoogleApiError =>
  new GoogleApiError(400, 'INVALID_ARGUMENT', description, [
    { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ ...(field && { field }), description }] },
  ]);
