import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { SERVICES, type Service } from '../options';

/** A service that says what it was started with, on the port it was given. */
const OBEDIENT_SERVICE = `
const answer = (request, response) => {
  if (request.url === '/health/ready') return response.end('ok');
  response.end(JSON.stringify({ pid: process.pid, environment: process.env }));
};
const server = require('node:http').createServer(answer).listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`;

/** ms */
export const SLOW_START_MS = 1_000;

/** What can be wrong with a service. */
export const FAULTY_SERVICES = {
  endsAtOnce: `console.error('the configuration is wrong'); process.exit(1);`,
  neverReady: `require('node:http').createServer((_, response) => response.writeHead(503).end()).listen(Number(process.env.PORT), process.env.HOST);`,
  slowToStart: `setTimeout(() => { ${OBEDIENT_SERVICE} }, ${SLOW_START_MS});`,
  deafToSigterm: `${OBEDIENT_SERVICE} process.removeAllListeners('SIGTERM'); process.on('SIGTERM', () => undefined);`,
};

const POLL_MS = 30;
const PATIENCE_MS = 15_000;

/** One run of the supervisor in a fake project. */
export interface SupervisorRun {
  process: ChildProcess;
  /** standard output and standard error, as far as they have come */
  output: () => string;
  /** code, or the signal's name */
  ended: Promise<number | string>;
}

/** A folder that looks like the built project: the real supervisor, compiled from the sources, and fake services. */
export class FakeProject {
  readonly root = mkdtempSync(join(tmpdir(), 'facet-up-'));
  readonly dataDir = join(this.root, '.data');
  private readonly runs: SupervisorRun[] = [];

  constructor(faulty: Partial<Record<Service, string>> = {}) {
    const sources = join(__dirname, '..');
    const target = join(this.root, 'dist', 'tools', 'up');
    mkdirSync(target, { recursive: true });
    for (const file of readdirSync(sources).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))) {
      const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2023, esModuleInterop: true };
      const { outputText } = transpileModule(readFileSync(join(sources, file), 'utf8'), { compilerOptions });
      writeFileSync(join(target, file.replace(/\.ts$/, '.js')), outputText);
    }
    for (const service of SERVICES) {
      const folder = join(this.root, 'dist', 'bundles', service);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'main.js'), faulty[service] ?? OBEDIENT_SERVICE);
    }
  }

  start(port: number, ...args: string[]): SupervisorRun {
    const main = join(this.root, 'dist', 'tools', 'up', 'main.js');
    const environment = { PATH: process.env['PATH'], PORT: String(port), HOST: '127.0.0.1' };
    const child = spawn(process.execPath, [main, ...args], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    }
    // 'exit' and not 'close': what a killed supervisor leaves behind still holds its pipes.
    const ended = new Promise<number | string>((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown')));
    const run = { process: child, output: () => text, ended };
    this.runs.push(run);
    return run;
  }

  /** Process ids by name, as the pid files say at this moment: a file that is being written, or goes while it is read, says nothing. */
  pids(): Record<string, number> {
    const folder = join(this.dataDir, 'run');
    const files = (existsSync(folder) ? readdirSync(folder) : []).filter((file) => file.endsWith('.pid'));
    const pids = files.map((file) => [file.replace('.pid', ''), pidIn(join(folder, file))] as const);
    return Object.fromEntries(pids.filter(([, pid]) => pid > 0));
  }

  /** When a process was started, as its pid file tells, ms since 1970. */
  startOf(name: string): number {
    return statSync(join(this.dataDir, 'run', `${name}.pid`)).mtimeMs;
  }

  async remove(): Promise<void> {
    for (const run of this.runs) {
      run.process.kill('SIGTERM');
      await run.ended;
    }
    rmSync(this.root, { recursive: true, force: true });
  }
}

function pidIn(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
}

/** Polls until `look` gives a value; fails with the supervisor's output after 15 s. */
export async function eventually<T>(run: SupervisorRun, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const value = await look();
    if (value !== undefined) {
      return value;
    }
    await delay(POLL_MS);
  }
  throw new Error(`waited ${PATIENCE_MS} ms in vain; the supervisor said:\n${run.output()}`);
}

/** A port that is free now, with free ones above it most likely: from below the range that outgoing connections use. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const isFree = await new Promise<boolean>((resolve) => {
      const server = createServer()
        .once('error', () => resolve(false))
        .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (isFree) {
      return port;
    }
  }
}
