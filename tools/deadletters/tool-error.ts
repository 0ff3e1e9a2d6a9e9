/** Something that the person at the terminal can mend. The message is all that is shown: it says what and how. */
export class ToolError extends Error {
  override readonly name: string = 'ToolError';
}

/** The command was called in a way that it does not understand. */
export class UsageError extends ToolError {
  override readonly name = 'UsageError';
}
