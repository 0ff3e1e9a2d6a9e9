import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, startedAt } from './process-table';
import { UpError } from './up-error';

/**
 * Keeps a second `npm run up` off the same `DATA_DIR`. The lock of a supervisor that was killed does not count: the file
 * names its process by id and start time.
 *
 * @returns what gives the lock back
 * @throws UpError when a living supervisor holds it
 */
export function lockDataDir(dataDir: string): () => void {
  const file = join(dataDir, 'up.lock');
  for (;;) {
    try {
      writeFileSync(file, `${process.pid} ${startedAt(process.pid)}\n`, { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw error;
      }
    }
    const [pid = '', ...start] = readFileSync(file, 'utf8').trim().split(' ');
    if (isAlive(Number(pid)) && startedAt(Number(pid)) === start.join(' ')) {
      throw new UpError(`Facet is already running on ${dataDir} (process ${pid}). Stop it, or give this one a DATA_DIR of its own.`);
    }
    rmSync(file, { force: true });
  }
}
