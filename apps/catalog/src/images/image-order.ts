import type { ListPosition } from '@facet/contracts';

/** Oldest first; pictures of the same moment by id. Negative when `a` comes first. */
export function oldestFirst(a: ListPosition, b: ListPosition): number {
  return compareText(a.created_at, b.created_at) || compareText(a.id, b.id);
}

// ISO 8601 instants in UTC and hexadecimal ids sort as text, and far faster than by locale
const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
