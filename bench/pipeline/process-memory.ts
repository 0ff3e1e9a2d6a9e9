import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Memory of a process as Linux tells it, in MB of 2^20 bytes: what is resident now, or was at most. */
export async function residentMegabytes(pid: string, member: 'VmRSS' | 'VmHWM' = 'VmRSS'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${member}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1_024;
}

/** Process ids by name (`gateway-1`), out of the pid files of `npm run up`. */
export async function processIds(dataDir: string): Promise<Map<string, string>> {
  const folder = join(dataDir, 'run');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.pid'));
  const entries = files.map(async (file) => [file.replace('.pid', ''), (await readFile(join(folder, file), 'utf8')).trim()] as const);
  return new Map(await Promise.all(entries));
}
