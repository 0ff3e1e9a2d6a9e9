import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Resident memory of a process, in MB, as Linux tells it. */
export async function residentMegabytes(pid: string): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1_024;
}

/** Process ids by name (`gateway-1`), out of the pid files of `npm run up`. */
export async function processIds(dataDir: string): Promise<Map<string, string>> {
  const folder = join(dataDir, 'run');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.pid'));
  const entries = files.map(async (file) => [file.replace('.pid', ''), (await readFile(join(folder, file), 'utf8')).trim()] as const);
  return new Map(await Promise.all(entries));
}
