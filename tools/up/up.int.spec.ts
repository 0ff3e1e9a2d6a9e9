import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { isAlive } from './process-table';
import { eventually, FakeProject, FAULTY_SERVICES, freePort, SLOW_START_MS, type SupervisorRun } from './testing/fake-project';

interface Introduction {
  pid: number;
  environment: Record<string, string>;
}

const isReady = (run: SupervisorRun) => eventually(run, () => (/^ready http/m.test(run.output()) ? true : undefined));

/** What becomes of a request within 10 s. */
function answerOrEnd(client: Socket): Promise<'answer' | 'end' | 'nothing'> {
  return new Promise<'answer' | 'end' | 'nothing'>((resolve) => {
    client.once('data', () => resolve('answer')).once('error', () => resolve('end'));
    client.once('close', () => resolve('end')).setTimeout(10_000, () => resolve('nothing'));
    client.write('GET / HTTP/1.1\r\nHost: facet\r\nConnection: close\r\n\r\n');
  });
}

/** A connection of its own each time, so that the replicas take turns. */
async function introductionOf(port: number): Promise<Introduction> {
  const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } });
  return (await response.json()) as Introduction;
}

jest.setTimeout(30_000);

describe('npm run up', () => {
  let project: FakeProject;
  afterEach(() => project.remove());

  it('starts every process with a pid file, starts a killed one again, and leaves nothing behind when stopped', async () => {
    project = new FakeProject();
    const port = await freePort();
    const run = project.start(port, '--scale', 'generation=2', '--scale', 'gateway=2');
    await isReady(run);
    expect(run.output().trim().split('\n').at(-1)).toBe(`ready http://localhost:${port}`);
    const first = project.pids();
    expect(Object.keys(first).sort()).toEqual(['catalog-1', 'gateway-1', 'gateway-2', 'generation-1', 'generation-2', 'media-1', 'nats-1']);
    expect(Object.values(first).every(isAlive)).toBe(true);
    const before = await introductionOf(port);

    const victims = ['generation-2', 'gateway-1', 'nats-1'];
    victims.forEach((name) => process.kill(first[name] ?? 0, 'SIGKILL'));
    const second = await eventually(run, () => {
      const now = project.pids();
      return victims.every((name) => now[name] !== undefined && now[name] !== first[name]) ? now : undefined;
    });
    expect(second['media-1']).toBe(first['media-1']);
    await eventually(run, async () => ((await introductionOf(port)).pid === second['gateway-1'] ? true : undefined));
    const after = await introductionOf(port);
    expect(after.environment['NATS_URL']).toBe(before.environment['NATS_URL']);

    const stopping = Date.now();
    run.process.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    expect(Date.now() - stopping).toBeLessThan(5000);
    expect(project.pids()).toEqual({});
    expect([...Object.values(first), ...Object.values(second)].filter(isAlive)).toEqual([]);
  });

  it('starts further replicas last when first ones of any service have ended as well', async () => {
    project = new FakeProject({ media: FAULTY_SERVICES.slowToStart });
    const run = project.start(await freePort(), '--scale', 'generation=2');
    await isReady(run);
    const victims = ['generation-2', 'generation-1', 'media-1'];
    const before = project.pids();
    victims.forEach((name) => process.kill(before[name] ?? 0, 'SIGKILL'));
    await eventually(run, () => {
      const now = project.pids();
      return victims.every((name) => now[name] !== undefined && now[name] !== before[name]) ? now : undefined;
    });
    expect(project.startOf('generation-2') - project.startOf('media-1')).toBeGreaterThanOrEqual(SLOW_START_MS);
    expect(project.startOf('generation-1')).toBeLessThan(project.startOf('generation-2'));
  });

  it('leaves no connection open without an answer when all gateways are killed', async () => {
    project = new FakeProject();
    const port = await freePort();
    const run = project.start(port, '--scale', 'gateway=2');
    await isReady(run);
    const { 'gateway-1': one, 'gateway-2': other } = project.pids();
    const gateways = [one, other].filter((pid) => pid !== undefined);
    // they take nothing any more, as in the moment before the supervisor notices their death
    gateways.forEach((pid) => process.kill(pid, 'SIGSTOP'));
    const clients = Array.from({ length: 20 }, () => connect(port, '127.0.0.1'));
    await Promise.all(clients.map((client) => once(client, 'connect')));
    const ends = clients.map((client) => answerOrEnd(client));
    gateways.forEach((pid) => process.kill(pid, 'SIGKILL'));
    const came = await Promise.all(ends);
    clients.forEach((client) => client.destroy());
    expect(came.filter((end) => end === 'nothing')).toEqual([]);
  });

  it('gives the services their environment, and keeps the random secret for the next start', async () => {
    project = new FakeProject();
    const port = await freePort();
    const secrets: (string | undefined)[] = [];
    for (const _ of ['first', 'second']) {
      const run = project.start(port);
      await isReady(run);
      const { environment } = await introductionOf(port);
      expect(environment).toMatchObject({ SERVICE_INSTANCE: 'gateway-1', PUBLIC_URL: `http://localhost:${port}`, LOG_FORMAT: 'json' });
      secrets.push(environment['JWT_SECRET']);
      run.process.kill('SIGINT');
      expect(await run.ended).toBe(0);
    }
    expect(secrets[0]).toMatch(/^[\w-]{43}$/);
    expect(secrets[1]).toBe(secrets[0]);
    expect(statSync(join(project.dataDir, 'jwt-secret')).mode & 0o777).toBe(0o600);
  });

  it('says which port is taken, and starts nothing', async () => {
    project = new FakeProject();
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const address = occupant.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const run = project.start(port);
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain(`Port ${port} is taken`);
    expect(project.pids()).toEqual({});
    occupant.close();
  });

  it('lets one supervisor at a time use a data folder, and cleans up after one that was killed', async () => {
    project = new FakeProject();
    const port = await freePort();
    const killed = project.start(port);
    await isReady(killed);
    const orphans = project.pids();

    const second = project.start(port + 500);
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`already running on ${project.dataDir} (process ${killed.process.pid})`);

    killed.process.kill('SIGKILL');
    expect(await killed.ended).toBe('SIGKILL');
    expect(isAlive(orphans['nats-1'] ?? 0)).toBe(true);
    const third = project.start(port);
    await isReady(third);
    expect(third.output()).toMatch(/^ended what was left of an earlier run: .*nats-1/m);
    expect(Object.values(orphans).filter(isAlive)).toEqual([]);
  });

  it('stops everything when it is told to while starting', async () => {
    project = new FakeProject({ media: FAULTY_SERVICES.neverReady });
    const run = project.start(await freePort());
    const pids = await eventually(run, () => (project.pids()['media-1'] === undefined ? undefined : project.pids()));
    run.process.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    expect(run.output()).not.toMatch(/^ready/m);
    expect(Object.values(pids).filter(isAlive)).toEqual([]);
  });

  it('gives up with the name of a service that does not start', async () => {
    project = new FakeProject({ catalog: FAULTY_SERVICES.endsAtOnce });
    const run = project.start(await freePort());
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain('the configuration is wrong');
    expect(run.output()).toContain('catalog-1 does not start');
    expect(project.pids()).toEqual({});
    expect(existsSync(join(project.dataDir, 'up.lock'))).toBe(false);
  });

  it('kills a process that does not listen, within 10 s', async () => {
    project = new FakeProject({ media: FAULTY_SERVICES.deafToSigterm });
    const run = project.start(await freePort());
    await isReady(run);
    const pids = project.pids();
    const stopping = Date.now();
    run.process.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    expect(Date.now() - stopping).toBeGreaterThan(7500);
    expect(Date.now() - stopping).toBeLessThan(10_000);
    expect(Object.values(pids).filter(isAlive)).toEqual([]);
    expect(readFileSync(join(project.dataDir, 'nats', 'nats-server.log'), 'utf8')).toContain('Exiting');
  });
});
