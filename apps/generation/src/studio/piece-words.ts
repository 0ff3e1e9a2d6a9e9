/** Pattern for the nouns of a whole piece (lower case). */
export const WHOLE_PIECE =
  '(?:rings?|bands?|necklaces?|pendants?|chokers?|lockets?|ear-?rings?|studs?|hoops?|bracelets?|bangles?|cuffs?|chains?|brooch(?:es)?|watch(?:es)?|' +
  'tiaras?|anklets?|pieces?|ornaments?|jewel(?:s|lery|ry)?)';

/** Pattern for the nouns of parts (lower case) that could be wished to change without the rest. */
export const PART = '(?:stones?|gem(?:s|stones?)?|diamonds?|rub(?:y|ies)|sapphires?|emeralds?|pearls?|beads?|clasps?|settings?|prongs?)';

/**
 * Pattern for the nouns of a piece and of its parts (lower case): a colour before one describes the piece, not its ground. Singular
 * names of stones are not among them, since "ruby" and "emerald" are colours as well.
 */
export const PIECE = `(?:${WHOLE_PIECE}|stones?|gem(?:s|stones?)?|diamonds?|rubies|sapphires|emeralds|pearls|beads?|metal|settings?|prongs?|clasps?|accents?|details?|parts?)`;
