import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { natsAddress } from './nats-address';

/** A folder as `npm run up` leaves it, and a process in the place of its nats-server. */
describe('natsAddress', () => {
  const root = mkdtempSync(join(tmpdir(), 'facet-deadletters-'));
  const configuration = join(root, 'data', 'nats', 'nats-server.conf');
  const environment = { DATA_DIR: 'data' };
  let server: ChildProcess;

  beforeAll(async () => {
    mkdirSync(join(root, 'data', 'nats'), { recursive: true });
    mkdirSync(join(root, 'data', 'run'));
    writeFileSync(configuration, 'server_name: facet\nhost: "127.0.0.1"\nport: 8765\n');
    server = spawn(process.execPath, ['-e', 'process.stdin.resume()', configuration], { stdio: ['pipe', 'ignore', 'ignore'] });
    await once(server, 'spawn');
  });

  afterAll(() => {
    server.kill();
    rmSync(root, { recursive: true });
  });

  const runsAs = (pid: number | undefined): void => writeFileSync(join(root, 'data', 'run', 'nats-1.pid'), `${pid ?? 0}\n`);

  it('is unknown while npm run up does not run', () => {
    expect(natsAddress(root, environment)).toBeUndefined();
  });

  it('is that of the server which npm run up runs', () => {
    runsAs(server.pid);
    expect(natsAddress(root, environment)).toBe('nats://127.0.0.1:8765');
    expect(natsAddress(root, { DATA_DIR: 'elsewhere' })).toBeUndefined();
  });

  it('is unknown when the process is not that server any more', () => {
    runsAs(process.pid);
    expect(natsAddress(root, environment)).toBeUndefined();
  });

  it('is NATS_URL where it is set, and before all what the caller says', () => {
    runsAs(server.pid);
    expect(natsAddress(root, { ...environment, NATS_URL: 'nats://there' })).toBe('nats://there');
    expect(natsAddress(root, { ...environment, NATS_URL: 'nats://there' }, 'nats://here')).toBe('nats://here');
  });
});
