/**
 * What went wrong, by the code or the class of the error alone: the texts of libraries may hold addresses with their
 * passwords. `fetch failed` and the like have the reason in their cause.
 */
export function failureName(error: unknown): string {
  if (!(error instanceof Error)) {
    return 'an unknown error';
  }
  if ('code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return error.cause instanceof Error ? failureName(error.cause) : error.name;
}
