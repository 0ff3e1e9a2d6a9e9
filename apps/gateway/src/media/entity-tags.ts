/** One tag of a list; a comma may be part of it (RFC 9110, 8.8.3). */
const TAG = /(?:W\/)?("[^"]*")/g;

/**
 * Whether a client has what an entity tag stands for, by its `If-None-Match` (RFC 9110, 13.1.2): any at all, or one of a list,
 * compared weakly, as a proxy that compresses makes weak tags of strong ones.
 */
export const isKnown = (tag: string, ifNoneMatch: string | undefined): boolean =>
  ifNoneMatch?.trim() === '*' || [...(ifNoneMatch ?? '').matchAll(TAG)].some(([, opaque]) => opaque === tag);
