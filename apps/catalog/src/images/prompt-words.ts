import type { ImageRecord } from '@facet/contracts';

/** Words of one picture that can be searched for: each costs an entry of an index. */
const MAX_WORDS = 256;

/** Longest word that is told apart from others, in characters. */
const MAX_LENGTH = 40;

// accents of Latin, Greek and Cyrillic letters; the marks of other scripts, such as vowel signs, are part of their words
const ACCENTS = /[\u0300-\u036f]/g;
const WORDS = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;

/** The words of a text, each once, in the order of their coming: lower case, without accents. */
export function wordsIn(text: string): string[] {
  const plain = text.toLowerCase().normalize('NFKD').replace(ACCENTS, '');
  return [...new Set([...plain.matchAll(WORDS)].map(([word]) => word.slice(0, MAX_LENGTH)))];
}

/**
 * The words by which a picture is found: those of its prompts, sorted. A chain's prompt may be very long, and grows with
 * each step: the step's own words come first, then the first picture's, so that no cut takes them.
 *
 * They are kept in the database: who changes what words are writes a migration that makes them anew.
 */
export function promptWords({
  instruction,
  original_prompt,
  prompt,
}: Pick<ImageRecord, 'instruction' | 'original_prompt' | 'prompt'>): string[] {
  return wordsIn(`${instruction} ${original_prompt} ${prompt}`).slice(0, MAX_WORDS).sort();
}
