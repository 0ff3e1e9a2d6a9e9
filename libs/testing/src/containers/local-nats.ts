import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '../wait-for';
import { findNatsServer } from './find-nats-server';
import { freePort } from './free-port';
import type { RunningNats } from './running-nats';

/** A server that has not answered for so long, ms, does not. */
const ANSWER_MS = 250;

/** Ports that are tried: two tests may choose the same free one at the same moment, and the later server ends at once. */
const TRIES = 5;

/** The server's process has ended before it answered. */
class EndedError extends Error {
  override readonly name = 'EndedError';
}

export interface LocalNatsOptions {
  /** chooses a port that is free */
  portOf?: () => Promise<number>;
  /** a file without `store_dir`; its ports are replaced */
  configuration?: string;
  /** what the configuration takes from the environment */
  environment?: Readonly<Record<string, string>>;
}

/**
 * Starts the nats-server of this machine on a free port, with a store of its own.
 *
 * @throws Error that says how to get one
 */
export async function startLocalNats(options: LocalNatsOptions = {}): Promise<RunningNats> {
  const binary = findNatsServer();
  if (binary === undefined) {
    throw new Error('No nats-server: run `npm run check`, which provides one.');
  }
  const portOf = options.portOf ?? freePort;
  for (let tries = 1; ; tries += 1) {
    try {
      return await startOn(binary, await portOf(), await portOf(), options);
    } catch (error) {
      if (!(error instanceof EndedError) || tries === TRIES) {
        throw error;
      }
    }
  }
}

async function startOn(
  binary: string,
  port: number,
  monitoringPort: number,
  { configuration, environment }: LocalNatsOptions,
): Promise<RunningNats> {
  const store = await mkdtemp(join(tmpdir(), 'facet-nats-'));
  const answers = async (): Promise<boolean> => {
    const health = fetch(`http://127.0.0.1:${monitoringPort}/healthz`, { signal: AbortSignal.timeout(ANSWER_MS) });
    return health.then(({ ok }) => ok).catch(() => false);
  };
  const start = async (): Promise<ChildProcess> => {
    const flags = ['-a', '127.0.0.1', '-p', String(port), '-m', String(monitoringPort), '-js', '-sd', store];
    const configured = configuration === undefined ? [] : ['-c', configuration];
    const started = spawn(binary, [...configured, ...flags], { stdio: 'ignore', env: { ...process.env, ...environment } });
    await once(started, 'spawn');
    const hasEnded = (): boolean => started.exitCode !== null;
    await waitFor(async () => (await answers()) || hasEnded(), { what: binary });
    if (hasEnded()) {
      throw new EndedError(`${binary} has ended with ${started.exitCode ?? ''}: ports ${port} and ${monitoringPort}`);
    }
    return started;
  };
  let server = await start();
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const exit = once(server, 'exit');
    if (server.kill(signal)) {
      await exit;
    }
  };
  return {
    url: `nats://127.0.0.1:${port}`,
    monitoringPort,
    stop: async () => {
      // one that is paused would never hear of it
      server.kill('SIGCONT');
      await end('SIGTERM');
      await rm(store, { recursive: true, force: true });
    },
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGKILL');
      server = await start();
    },
    // a signal takes its time until every thread has stopped
    pause: async () => {
      server.kill('SIGSTOP');
      await waitFor(async () => !(await answers()), { what: 'the server to pause' });
    },
    unpause: async () => {
      server.kill('SIGCONT');
      await waitFor(answers, { what: 'the server to go on' });
    },
  };
}
