import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { pinoPretty } from './pretty';
import { logContext } from './log-context';

type Severity = 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal';

interface LoggerOptions {
  service: string;
  instance: string;
  level: string;
  format: 'json' | 'pretty';
}

/** The process's pino logger. Ids of the present work are added to every line; secrets are blanked should one slip in. */
export function createPino({ service, instance, level, format }: LoggerOptions): Logger {
  const options = {
    level,
    base: { service, instance },
    mixin: () => ({ ...logContext() }),
    redact: ['*.authorization', '*.password', '*.access_token', '*.refresh_token', 'password', 'access_token', 'refresh_token'],
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  return format === 'pretty' ? pino(options, pinoPretty()) : pino(options);
}

/** Loggers of Nest itself that tell of every route, module and ping: worth a line only to who looks for a fault in them. */
const NARRATORS = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'NestMicroservice',
  'RouterExplorer',
  'RoutesResolver',
  'Server',
  'ClientNats',
]);

/**
 * Lets Nest and our classes write through pino: `new Logger(MyClass.name).log({ msg: 'picture made', duration_ms })`.
 * An object's members become members of the line; a plain text becomes its message.
 */
export class PinoLogger implements LoggerService {
  constructor(private readonly pinoLogger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(severity: Severity, message: unknown, rest: unknown[]): void {
    // Nest appends the logger's name last, and for errors the stack before it
    const context = rest.at(-1);
    const level = NARRATORS.has(String(context)) && severity === 'info' ? 'debug' : severity;
    const stack = rest.length > 1 ? rest[0] : undefined;
    if (message instanceof Error) {
      this.pinoLogger[level]({ context, err: message }, message.message);
    } else if (typeof message === 'object' && message !== null) {
      this.pinoLogger[level]({ context, ...message });
    } else {
      this.pinoLogger[level]({ context, stack }, String(message));
    }
  }
}
