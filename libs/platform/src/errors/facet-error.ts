import type { ErrorCode, ErrorFacts } from '@facet/contracts';

interface FacetErrorOptions {
  /** may the same request succeed later? Default false. */
  retryable?: boolean;
  /** facts for the client or the log, such as the name of a field or a delay; never secrets, prompts or bytes */
  details?: Record<string, unknown>;
  cause?: unknown;
}

/**
 * The one error class. `code` says what it is; `message` is a sentence for a person. Domain code throws it and never
 * knows HTTP: the gateway's filter turns codes into statuses.
 */
export class FacetError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly details: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, options: FacetErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'FacetError';
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.details = options.details ?? {};
  }

  /** The error as it travels between services (JSON); the cause stays behind, in the log of the service that saw it. */
  toJSON(): ErrorFacts {
    return { code: this.code, message: this.message, retryable: this.retryable, details: this.details };
  }

  static fromFacts(facts: ErrorFacts): FacetError {
    return new FacetError(facts.code, facts.message, { retryable: facts.retryable, details: facts.details });
  }

  /** Any thrown thing as a FacetError: what is not one already becomes `internal`, with itself as the cause. */
  static from(error: unknown): FacetError {
    return error instanceof FacetError
      ? error
      : new FacetError('internal', 'Something went wrong on our side.', { retryable: true, cause: error });
  }
}
