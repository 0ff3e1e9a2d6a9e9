/** A part of an instruction that holds one wish or several of one kind. */
export interface Clause {
  /** in lower case, spelt in one way */
  text: string;
  /** as the person wrote it */
  original: string;
  /** it follows the one before by "and", "or" or "nor" */
  joined: boolean;
  /** by "or" or "nor": a refusal before it is for it as well */
  alternative: boolean;
  /** words of `text` as the person wrote them */
  inOriginal: (words: string) => string;
}

/** A colon parts neither "1:1" nor "background: navy" nor "shadow: softer". */
const SEPARATOR =
  /([;!?\n,]+|(?<!\d|backdrop|ground|ground colou?r|bg|shadows?):+|(?<=\d):(?!\d)|(?<!\d)\.|\.(?!\d)|(?<![\p{L}-])(?:and then|and also|and|then|but|or|nor|while|yet|plus|although|though|however)(?![\p{L}-]))/giu;
const JOINS = /^(?:and|or|nor)$/i;
const ALTERNATIVE = /^n?or$/i;

const spelt = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[’‘`]/g, "'")
    .replace(/\b(?:do not|dont|does not|doesn't|did not|cannot|can't|should not|shouldn't|must not|mustn't)\b/g, "don't")
    .replace(/\b(?:is not|isnt|isn't|are not|aren't|was not|wasn't)\b/g, 'not')
    .replace(/(?:\u2212|\bminus )\s?(?=\d)/g, '-')
    .replace(/\bgray/g, 'grey')
    .replace(/\bcolor/g, 'colour')
    .replace(/\bcenter/g, 'centre')
    .replace(/\b(?:bg|back[ -]ground|backround|backgrond)\b/g, 'background')
    .replace(/\s+/g, ' ')
    .trim();

/** Cuts an instruction at punctuation and at words that join. */
export const clausesOf = (instruction: string): Clause[] => {
  const parts = instruction.replace(/\bblack (?:and|&) white\b/gi, 'black-and-white').split(SEPARATOR);
  const clauses: Clause[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const original = (parts[at] ?? '').trim();
    if (original === '') continue;
    const joint = (parts[at - 1] ?? '').trim();
    clauses.push({
      text: spelt(original),
      original,
      joined: JOINS.test(joint),
      alternative: ALTERNATIVE.test(joint),
      inOriginal: (words) => asWritten(original, words),
    });
  }
  return clauses;
};

/** The words in the person's own capitals; those that were spelt anew stay so. */
const asWritten = (original: string, words: string): string => {
  const at = original.toLowerCase().indexOf(words);
  return at < 0 ? words : original.slice(at, at + words.length);
};
