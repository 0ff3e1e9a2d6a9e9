import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { NatsServerSearch } from './nats-server-search';

const runFile = promisify(execFile);

/**
 * Takes the binary out of Debian's or Ubuntu's package `nats-server`. The package is unpacked, not installed. Where the
 * package lists are missing or out of date, they are updated, which needs root.
 *
 * @returns the path of the binary in the cache folder
 */
export async function fetchDebianPackage(search: NatsServerSearch): Promise<string> {
  mkdirSync(search.cacheFolder, { recursive: true });
  const work = mkdtempSync(join(search.cacheFolder, 'debian-'));
  const options = { cwd: work, signal: search.signal, env: { ...process.env, PATH: search.path, LC_ALL: 'C' } };
  try {
    // The sandbox user of apt cannot write into our folder, and says so in a warning that would only puzzle.
    const download = () => runFile('apt-get', ['-o', 'APT::Sandbox::User=root', 'download', 'nats-server'], options);
    try {
      await download();
    } catch (error) {
      if (process.getuid?.() !== 0) {
        throw error;
      }
      await runFile('apt-get', ['update'], options);
      await download();
    }
    const archive = readdirSync(work).find((file) => file.endsWith('.deb'));
    if (archive === undefined) {
      throw new Error('apt-get left no package');
    }
    await runFile('dpkg-deb', ['-x', archive, 'unpacked'], options);
    const binary = join(search.cacheFolder, 'nats-server');
    renameSync(join(work, 'unpacked', 'usr', 'sbin', 'nats-server'), binary);
    return binary;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
