/** Whether a compare-and-set lost: JetStream's error 10071, "wrong last sequence". Another writer was faster. */
export const isWrongRevision = (cause: unknown): boolean => cause instanceof Error && 'code' in cause && cause.code === 10071;
