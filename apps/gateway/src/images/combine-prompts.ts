import { MAX_WHOLE_PROMPT, MAX_WHOLE_PROMPT_BYTES } from '../uploads/upload-limits';

/**
 * One prompt after another: `{earlier}. {later}`, without a second full stop where the earlier one has its own.
 * An empty later prompt adds nothing.
 */
export function combinePrompts(earlier: string, later: string): string {
  if (!later) {
    return earlier;
  }
  return earlier.endsWith('.') ? `${earlier} ${later}` : `${earlier}. ${later}`;
}

/** Whether a whole chain's prompt is short enough for the messages that it rides in, in any script. */
export const fitsInMessages = (whole: string): boolean =>
  whole.length <= MAX_WHOLE_PROMPT && Buffer.byteLength(JSON.stringify(whole)) <= MAX_WHOLE_PROMPT_BYTES;
