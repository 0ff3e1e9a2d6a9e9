/** `warn` is nothing that has to be mended: what is away may come back by itself. */
export type Outcome = 'ok' | 'warn' | 'fail';

/** What one check has found out. */
export interface Verdict {
  outcome: Outcome;
  /** for a person; without secrets */
  text: string;
  /** the setting to mend or to look at, where it is one */
  variable?: string;
}

/** A verdict, and what it is about. */
export interface Finding extends Verdict {
  /** such as `image model` */
  subject: string;
}

export const ok = (text: string): Verdict => ({ outcome: 'ok', text });

export const warn = (text: string, variable?: string): Verdict => ({ outcome: 'warn', text, ...(variable && { variable }) });

export const fail = (text: string, variable?: string): Verdict => ({ outcome: 'fail', text, ...(variable && { variable }) });
