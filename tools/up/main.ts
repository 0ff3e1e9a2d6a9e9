import { resolve } from 'node:path';
import { up } from './up';
import { UpError } from './up-error';

/** dist/tools/up → the project's root */
const ROOT = resolve(__dirname, '..', '..', '..');

async function main(): Promise<void> {
  const stop = new AbortController();
  // npm passes Ctrl-C on to us, and the terminal has sent it already: a second signal is no reason for haste.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stop.abort());
  }
  // A closed terminal must not end us before we have ended the others.
  process.stdout.on('error', () => undefined);
  const say = (line: string) => console.log(line);
  try {
    await up({ root: ROOT, args: process.argv.slice(2), environment: process.env, say, stop: stop.signal });
  } catch (error) {
    if (stop.signal.aborted && !(error instanceof UpError)) {
      return;
    }
    console.error(error instanceof UpError ? error.message : error);
    process.exitCode = 1;
  }
}

void main();
