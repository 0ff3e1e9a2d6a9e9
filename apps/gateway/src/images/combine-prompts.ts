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
