import { createHash } from 'node:crypto';

/** What makes two requests the same one. */
export interface RequestContent {
  /** the way to make a picture */
  kind: string;
  fields: Record<string, unknown>;
  files: readonly { field: string; sha256: string }[];
}

/** Digest of a request's content: an idempotency key stands for one content only. The order of fields does not count. */
export function fingerprintOf({ kind, fields, files }: RequestContent): string {
  const sorted = Object.entries(fields).sort(([a], [b]) => a.localeCompare(b));
  return createHash('sha256')
    .update(JSON.stringify([kind, sorted, files]))
    .digest('hex');
}
