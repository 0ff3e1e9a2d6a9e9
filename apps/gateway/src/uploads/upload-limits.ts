/** Pictures in one request. Models take up to 14 reference pictures. */
export const MAX_FILES = 12;

/** Text fields in one request: as many names as files, and the form's own. */
export const MAX_FIELDS = 40;

export const MAX_PARTS = MAX_FILES + MAX_FIELDS;

/** Characters of one step's prompt. */
export const MAX_PROMPT = 2_000;

/** Characters of a whole chain's prompt, and bytes of it in JSON: it rides in events, twice, and a message holds a megabyte. */
export const MAX_WHOLE_PROMPT = 200_000;
export const MAX_WHOLE_PROMPT_BYTES = 450_000;
