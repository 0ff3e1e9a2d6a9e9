/** Something that the person at the terminal can mend. The message is all that is shown: it says what and how. */
export class UpError extends Error {
  override readonly name = 'UpError';
}
