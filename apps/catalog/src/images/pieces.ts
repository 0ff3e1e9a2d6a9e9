import type { ImageNode } from '@facet/contracts';
import { FacetError } from '@facet/platform';

/** Pictures in one message: with the longest instruction and title, six bytes for each character, half of its megabyte. */
const PIECE = 40;

/** The part of an answer that was asked for, and where the next part begins. */
interface Part<T> {
  nodes: T[];
  /** `null` when nothing comes behind it */
  next: string | null;
}

/**
 * A part of a long answer.
 *
 * @param after the picture that the part comes behind
 * @throws FacetError `invalid_request` when the answer does not hold that picture
 */
export function partOf<T extends Pick<ImageNode, 'id'>>(nodes: readonly T[], limit: number, after?: string): Part<T> {
  const begin = after === undefined ? 0 : nodes.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && begin === 0) {
    throw new FacetError('invalid_request', 'after: is no picture of this answer.', { details: { field: 'after' } });
  }
  const part = nodes.slice(begin, begin + limit);
  return { nodes: part, next: begin + limit < nodes.length ? (part.at(-1)?.id ?? null) : null };
}

/** Runs of a list that fit into one message each; of an empty list one empty run. */
export function runsOf<T>(list: readonly T[], length = PIECE): T[][] {
  const runs = Array.from({ length: Math.ceil(list.length / length) }, (_, n) => list.slice(n * length, (n + 1) * length));
  return runs.length > 0 ? runs : [[]];
}
