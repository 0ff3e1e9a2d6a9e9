import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { NatsServerSearch } from './nats-server-search';

const VERSION = 'v2.12.1';
/** A slow line carries the 7 MB in this time. */
const DOWNLOAD_TIMEOUT_MS = 120_000;

export const OFFICIAL_RELEASES = 'https://github.com/nats-io/nats-server/releases/download';

/** Node's names of processors → those in the archives' names. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64', arm: 'arm7', ia32: '386' };

const runFile = promisify(execFile);

/**
 * Takes the binary out of the official release archive, after comparing it with the release's SHA256SUMS.
 *
 * @returns the path of the binary in the cache folder
 * @throws Error when the archive cannot be had or is not the one that the checksum names
 */
export async function fetchRelease(search: NatsServerSearch): Promise<string> {
  const name = `nats-server-${VERSION}-${platform()}-${ARCHITECTURES[arch()] ?? arch()}`;
  const archive = `${name}.tar.gz`;
  const folder = `${search.releases}/${VERSION}`;
  const sums = (await download(`${folder}/SHA256SUMS`, search.signal)).toString('utf8');
  const wanted = checksumOf(archive, sums);
  const bytes = await download(`${folder}/${archive}`, search.signal);
  const got = createHash('sha256').update(bytes).digest('hex');
  if (got !== wanted) {
    throw new Error(`${archive} has the checksum ${got}, the release says ${wanted}`);
  }
  mkdirSync(search.cacheFolder, { recursive: true });
  const work = mkdtempSync(join(search.cacheFolder, 'release-'));
  try {
    writeFileSync(join(work, archive), bytes);
    await runFile('tar', ['-xzf', archive], { cwd: work, signal: search.signal });
    const binary = join(search.cacheFolder, 'nats-server');
    renameSync(join(work, name, 'nats-server'), binary);
    return binary;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function checksumOf(archive: string, sums: string): string {
  const line = sums.split('\n').find((candidate) => candidate.trim().endsWith(` ${archive}`));
  const [checksum] = line?.trim().split(/\s+/) ?? [];
  if (checksum === undefined) {
    throw new Error(`the release has no ${archive}`);
  }
  return checksum;
}

async function download(address: string, signal: AbortSignal | undefined): Promise<Buffer> {
  const deadline = new AbortController();
  const timer = setTimeout(() => {
    deadline.abort(new Error(`not there after ${DOWNLOAD_TIMEOUT_MS / 1_000} s`));
  }, DOWNLOAD_TIMEOUT_MS);
  try {
    // eslint-disable-next-line no-restricted-properties -- both signals are held elsewhere, one of them by the timer
    const response = await fetch(address, { signal: AbortSignal.any([deadline.signal, ...(signal ? [signal] : [])]) });
    if (!response.ok) {
      throw new Error(`the server answered ${response.status}`);
    }
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    // fetch() says no more than "fetch failed"; the reason is in its cause.
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new Error(`${address}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
