/** A list that is JSON text already, in one run or several, each a list of its own. */
export class PassedList {
  constructor(private readonly runs: readonly Uint8Array[]) {}

  /** Its text as one list. */
  *text(): Generator<string | Uint8Array> {
    let between = '[';
    for (const run of this.runs.filter(({ length }) => length > EMPTY_LENGTH)) {
      yield between;
      yield run.subarray(1, -1);
      between = ',';
    }
    yield between === '[' ? '[]' : ']';
  }
}

/** Length of an empty list's text. */
const EMPTY_LENGTH = '[]'.length;

/** Content type of what `jsonAnswer` makes, as it is for answers that Fastify makes out of objects. */
export const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * An answer in JSON of members that are values, and of lists that another service has written down: their text is neither parsed
 * nor written again. The whole is in memory once.
 */
export function jsonAnswer(members: Record<string, unknown>): Buffer {
  const parts: (string | Uint8Array)[] = [];
  for (const [name, value] of Object.entries(members)) {
    parts.push(`${parts.length === 0 ? '{' : ','}${JSON.stringify(name)}:`);
    parts.push(...(value instanceof PassedList ? value.text() : [JSON.stringify(value)]));
  }
  return Buffer.concat([...parts, '}'].map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}
