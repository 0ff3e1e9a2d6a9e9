import type { ImageRecord, ListFilters } from '@facet/contracts';
import { wordsIn } from './prompt-words';

/** Tells whether all filters are true of a picture. Of whom it is, and whether it is deleted, is not looked at. */
type Matcher = (record: ImageRecord, words: () => ReadonlySet<string>) => boolean;

/** @returns a function of a picture and its words, which are asked for only if nothing else rules it out */
export function matcher(filters: ListFilters): Matcher {
  const wanted = filters.q === undefined ? [] : wordsIn(filters.q);
  return (record, words) =>
    isOrAny(filters.type, record.type) &&
    isOrAny(filters.root, record.root_image_id) &&
    isOrAny(filters.parent, record.parent_image_id) &&
    isOrAny(filters.depth, record.depth) &&
    isOrAny(filters.provider, record.generation.provider) &&
    isOrAny(filters.starred, record.starred) &&
    (filters.created_after === undefined || record.created_at >= filters.created_after) &&
    (filters.created_before === undefined || record.created_at < filters.created_before) &&
    (wanted.length === 0 || hasAll(words(), wanted));
}

const isOrAny = <T>(wanted: T | undefined, there: T | null): boolean => wanted === undefined || wanted === there;

const hasAll = (words: ReadonlySet<string>, wanted: readonly string[]): boolean => wanted.every((word) => words.has(word));
