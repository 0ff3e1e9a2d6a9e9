import { createRequire } from 'node:module';
import type { DestinationStream } from 'pino';
import type pretty from 'pino-pretty';

const require_ = createRequire(__filename);

/** Lines for a person in a terminal. Loaded only when asked for: it costs a service in production nothing. */
export function pinoPretty(): DestinationStream {
  const load = require_('pino-pretty') as typeof pretty;
  return load({
    colorize: process.stdout.isTTY,
    sync: true,
    ignore: 'pid,hostname,service',
    translateTime: 'SYS:HH:MM:ss.l',
    messageFormat: '{instance} {msg}',
  });
}
