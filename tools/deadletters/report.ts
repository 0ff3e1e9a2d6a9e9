import { contentOf, imageIdOf, type Letter } from './letter';

/** Characters of a reason that the table shows; `show` has all of it. */
const REASON_SHOWN = 100;

const HEADINGS = ['letter', 'when', 'stage', 'code', 'attempts', 'image id', 'reason'];

/** Letters in columns, with headings. */
export function asTable(letters: readonly Letter[]): string {
  if (letters.length === 0) {
    return 'no dead letters';
  }
  const rows = [HEADINGS, ...letters.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The same for a program. */
export const asJson = (letters: readonly Letter[]): string => JSON.stringify(letters.map(factsOf), null, 2);

/** One letter with all that there is of it: prompts included. */
export const inFull = (letter: Letter): string =>
  JSON.stringify({ ...factsOf(letter), headers: letter.headers, event: contentOf(letter) }, null, 2);

function factsOf(letter: Letter) {
  const { sequence, keptAt, subject, stage, code, attempts, eventSequence, reason } = letter;
  return {
    letter: sequence,
    kept_at: keptAt,
    subject,
    stage,
    code,
    attempts: Number(attempts) || null,
    event_sequence: Number(eventSequence) || null,
    image_id: imageIdOf(letter) || null,
    reason,
  };
}

function cellsOf(letter: Letter): string[] {
  const { sequence, keptAt, stage, code, attempts, reason } = letter;
  const shownReason = reason.length > REASON_SHOWN ? `${reason.slice(0, REASON_SHOWN - 1)}…` : reason;
  const when = `${keptAt.slice(0, 19).replace('T', ' ')}Z`;
  return [String(sequence), when, stage, code, attempts, imageIdOf(letter), shownReason].map((cell) => printable(cell) || '-');
}

/** A reason may quote what a client or a provider sent: nothing of it shall steer the terminal. */
const printable = (text: string): string => text.replace(/\p{Cc}/gu, '?');
