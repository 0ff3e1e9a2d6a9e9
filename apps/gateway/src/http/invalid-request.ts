import { FacetError } from '@facet/platform';

/** The part of a schema's issue that zod and the Standard Schema have in common. */
interface SchemaIssue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
}

/** A 400 that names the field of the first fault, as in `limit: Too big: expected number to be <=100`. */
export function invalidRequest(issues: readonly SchemaIssue[]): FacetError {
  const [first] = issues;
  const field = (first?.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
  return new FacetError('invalid_request', `${field ? `${field}: ` : ''}${first?.message ?? 'The request is not valid.'}`, {
    details: { field },
  });
}
