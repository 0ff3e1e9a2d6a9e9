import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { arch, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNatsServer } from './nats-server-binary';
import type { NatsServerSearch } from './nats-server-search';
import { UpError } from './up-error';

const ARCHITECTURES: Record<string, string> = { x64: 'amd64', arm64: 'arm64' };
const VERSION = 'v2.12.1';
const NAME = `nats-server-${VERSION}-${platform()}-${ARCHITECTURES[arch()] ?? arch()}`;

describe('findNatsServer', () => {
  let folder: string;
  let said: string[];
  let search: NatsServerSearch;

  /** Something that is no NATS server but says its version like one. */
  const placeBinary = (where: string, version: string) => {
    mkdirSync(where, { recursive: true });
    writeFileSync(join(where, 'nats-server'), `#!/bin/sh\necho nats-server: v${version}\n`);
    chmodSync(join(where, 'nats-server'), 0o755);
  };

  /** A folder for PATH with the tools that unpack an archive, and an apt-get that knows no package. */
  const toolsFolder = () => {
    const tools = join(folder, 'tools');
    mkdirSync(tools);
    writeFileSync(join(tools, 'apt-get'), '#!/bin/sh\necho "Unable to locate package" >&2\nexit 100\n');
    chmodSync(join(tools, 'apt-get'), 0o755);
    return tools;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'facet-nats-'));
    said = [];
    search = {
      path: join(folder, 'on-path'),
      systemFolders: [join(folder, 'system')],
      cacheFolder: join(folder, 'cache'),
      releases: 'http://127.0.0.1:9/nothing-listens-here',
      say: (line) => said.push(line),
    };
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('prefers PATH to the system folders, and those to the cache', async () => {
    placeBinary(search.cacheFolder, '2.12.1');
    expect(await findNatsServer(search)).toEqual({ path: join(search.cacheFolder, 'nats-server'), version: '2.12.1' });
    placeBinary(join(folder, 'system'), '2.10.0-RC.2');
    expect(await findNatsServer(search)).toEqual({ path: join(folder, 'system', 'nats-server'), version: '2.10.0-RC.2' });
    placeBinary(search.path, '2.9.10');
    expect(await findNatsServer(search)).toEqual({ path: join(search.path, 'nats-server'), version: '2.9.10' });
    expect(said).toEqual([]);
  });

  it('passes over one that is too old', async () => {
    placeBinary(search.path, '2.6.1');
    placeBinary(search.cacheFolder, '3.0.0');
    expect((await findNatsServer(search)).version).toBe('3.0.0');
    expect(said).toEqual([expect.stringContaining('version 2.6.1 is older than 2.9')]);
  });

  it('says what it tried and how to install one by hand', async () => {
    search.path = toolsFolder();
    const attempt = findNatsServer(search);
    await expect(attempt).rejects.toThrow(UpError);
    await expect(attempt).rejects.toThrow(/apt-get: .*\n?.*Unable to locate package[\s\S]*official release: http:/);
    await expect(attempt).rejects.toThrow(/sudo apt-get install nats-server[\s\S]*brew install nats-server[\s\S]*docker run/);
  });

  describe('from the official release', () => {
    let server: Server;
    let sums: string;

    beforeEach(async () => {
      placeBinary(join(folder, NAME), VERSION.slice(1));
      const archive = join(folder, 'archive.tar.gz');
      execFileSync('tar', ['-czf', archive, NAME], { cwd: folder });
      sums = `${createHash('sha256').update(readFileSync(archive)).digest('hex')}  ${NAME}.tar.gz\n`;
      server = createServer((request, response) => {
        const files: Record<string, () => Buffer | string> = {
          [`/${VERSION}/SHA256SUMS`]: () => `0123  nats-server-${VERSION}-plan9-amd64.tar.gz\n${sums}`,
          [`/${VERSION}/${NAME}.tar.gz`]: () => readFileSync(archive),
        };
        response.end(files[request.url ?? '']?.());
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      search.releases = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
      search.path = toolsFolder();
    });
    afterEach(() => {
      server.closeAllConnections();
      server.close();
    });

    it('unpacks it into the cache', async () => {
      expect(await findNatsServer(search)).toEqual({ path: join(search.cacheFolder, 'nats-server'), version: '2.12.1' });
      expect(said).toEqual(['fetching nats-server (apt-get)', 'fetching nats-server (official release)']);
    });

    it('refuses an archive that is not the one of the checksum', async () => {
      sums = `${'0'.repeat(64)}  ${NAME}.tar.gz\n`;
      await expect(findNatsServer(search)).rejects.toThrow(/has the checksum [0-9a-f]{64}, the release says 0{64}/);
      expect(existsSync(join(search.cacheFolder, 'nats-server'))).toBe(false);
    });
  });
});
