import { AsyncLocalStorage } from 'node:async_hooks';

/** Ids that appear on every log line written while a request or a message is worked on. */
export interface LogContext {
  request_id?: string;
  image_id?: string;
}

const storage = new AsyncLocalStorage<LogContext>();

/** Runs `work` with these ids on all its log lines, asynchronous ones included. */
export const withLogContext = <T>(context: LogContext, work: () => T): T => storage.run({ ...storage.getStore(), ...context }, work);

/** The ids of the present work; empty outside of any. */
export const logContext = (): Readonly<LogContext> => storage.getStore() ?? {};

/** Adds ids to the present work, as when an image id becomes known half-way. */
export function extendLogContext(context: LogContext): void {
  Object.assign(storage.getStore() ?? {}, context);
}
