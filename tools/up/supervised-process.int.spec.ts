import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNats, waitFor, type RunningNats } from '@facet/testing';
import { PidFiles } from './pid-files';
import { greetsAsNats, worksAsJetStream } from './readiness';
import { SupervisedProcess } from './supervised-process';

describe('a process with a pulse', () => {
  let folder: string;
  let hangs = false;
  const pids: (number | undefined)[] = [];
  const said: string[] = [];
  let supervised: SupervisedProcess;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'facet-pulse-'));
    const program = {
      name: 'nats-1',
      launch: () => {
        const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
        pids.push(child.pid);
        hangs = false;
        return Promise.resolve(child);
      },
      isReady: () => Promise.resolve(true),
      pulse: { answers: () => Promise.resolve(!hangs), everyMs: 10, patience: 3 },
    };
    supervised = new SupervisedProcess(
      program,
      new PidFiles(folder),
      (line) => said.push(line),
      () => true,
    );
    await supervised.start();
  });

  afterAll(async () => {
    await supervised.stop(5_000);
    rmSync(folder, { recursive: true });
  });

  it('is killed and started again when it hangs', async () => {
    hangs = true;
    await waitFor(() => pids.length === 2 && supervised.isReady, { what: 'another process' });
    expect(said).toEqual(['nats-1 has not answered 3 times in a row and is killed', expect.stringContaining('signal SIGKILL')]);
    expect(pids[0]).not.toBe(pids[1]);
  });
});

describe('NATS', () => {
  let nats: RunningNats;
  const port = (): number => Number(new URL(nats.url).port);

  beforeAll(async () => {
    nats = await startNats();
  }, 60_000);

  afterAll(() => nats.stop());

  it('works as JetStream, but not while it hangs', async () => {
    expect([await greetsAsNats(port()), await worksAsJetStream(port(), nats.monitoringPort)]).toEqual([true, true]);
    await nats.pause();
    expect(await worksAsJetStream(port(), nats.monitoringPort)).toBe(false);
    await nats.unpause();
    expect(await worksAsJetStream(port(), nats.monitoringPort)).toBe(true);
  });

  it('does not work where it says that a stream cannot be written to, though it answers', async () => {
    const errors = ["JetStream stream '$G > A' write error: no space left on device", "JetStream stream '$G > A' could not be recovered"];
    for (const [n, error] of errors.entries()) {
      const says = createServer((_, response) => response.writeHead(503).end(JSON.stringify({ status: 'unavailable', error })));
      await once(says.listen(0, '127.0.0.1'), 'listening');
      // the second is nothing that another start would mend
      expect(await worksAsJetStream(port(), (says.address() as AddressInfo).port)).toBe(n === 1);
      says.close();
    }
  });

  it('answers nothing when it is not there', async () => {
    await nats.kill();
    expect([await greetsAsNats(port()), await worksAsJetStream(port(), nats.monitoringPort)]).toEqual([false, false]);
  });
});
