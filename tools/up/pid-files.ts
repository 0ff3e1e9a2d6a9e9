import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { commandLine, isAlive } from './process-table';

const SUFFIX = '.pid';
const POLL_MS = 50;

/** `DATA_DIR/run/<service>-<n>.pid`: one file per running process, with its id and nothing else. */
export class PidFiles {
  private readonly folder: string;

  constructor(private readonly dataDir: string) {
    this.folder = join(dataDir, 'run');
    mkdirSync(this.folder, { recursive: true });
  }

  write(name: string, pid: number): void {
    writeFileSync(join(this.folder, name + SUFFIX), `${pid}\n`);
  }

  remove(name: string): void {
    rmSync(join(this.folder, name + SUFFIX), { force: true });
  }

  /**
   * Ends what a supervisor that was killed has left behind, and removes its files. A process counts as ours when the
   * data folder is on its command line: an id alone may long belong to somebody else.
   *
   * @param patienceMs time between SIGTERM and SIGKILL
   * @returns the names of the processes that were ended
   */
  async endLeftovers(patienceMs: number): Promise<string[]> {
    const files = readdirSync(this.folder).filter((file) => file.endsWith(SUFFIX));
    const leftovers = files
      .map((file) => ({ name: basename(file, SUFFIX), pid: Number(readFileSync(join(this.folder, file), 'utf8')) }))
      .filter(({ pid }) => pid > 0 && isAlive(pid) && this.isOurs(commandLine(pid)));
    const isBroker = ({ name }: { name: string }) => name.startsWith('nats-');
    for (const group of [leftovers.filter((process) => !isBroker(process)), leftovers.filter(isBroker)]) {
      const pids = group.map(({ pid }) => pid);
      await end(pids, patienceMs);
    }
    for (const file of files) {
      rmSync(join(this.folder, file), { force: true });
    }
    return leftovers.map(({ name }) => name);
  }

  private isOurs(line: string): boolean {
    return `${line} `.includes(`${this.dataDir} `) || line.includes(`${this.dataDir}/`);
  }
}

async function end(pids: readonly number[], patienceMs: number): Promise<void> {
  const living = () => pids.filter(isAlive);
  const deadline = Date.now() + patienceMs;
  signalAll(living(), 'SIGTERM');
  while (living().length > 0 && Date.now() < deadline) {
    await delay(POLL_MS);
  }
  signalAll(living(), 'SIGKILL');
  while (living().length > 0) {
    await delay(POLL_MS);
  }
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      // Gone between the look and the signal: what was wanted.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
        throw error;
      }
    }
  }
}
