import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort, waitFor } from '@facet/testing';

const ROOT = join(__dirname, '../../..');

/** A fresh machine installs and builds in this time; a built one is ready in seconds. */
const START_TIMEOUT_MS = 120_000;

/** Facet as a stranger starts it: `npm run up`, with all its processes. */
export class RunningFacet {
  private constructor(
    private readonly command: ChildProcess,
    readonly url: string,
    private readonly output: string[],
  ) {}

  /**
   * @param environment settings beside `DATA_DIR` and `PORT`
   * @param options of the command, such as `--scale generation=2`
   */
  static async start(dataDir: string, environment: Record<string, string> = {}, options: readonly string[] = []): Promise<RunningFacet> {
    const port = String(await freePort());
    const command = spawn('npm', ['run', 'up', '--silent', '--', ...options], {
      cwd: ROOT,
      env: { ...withoutSettings(process.env), ...environment, DATA_DIR: dataDir, PORT: port },
      stdio: ['ignore', 'pipe', 'pipe'],
      // a session of its own: Linux shares processor time out by session, and gateways are not to share theirs with the test
      detached: true,
    });
    const output: string[] = [];
    command.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    command.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    const facet = new RunningFacet(command, `http://localhost:${port}`, output);
    await waitFor(() => facet.hasSaid(`ready http://localhost:${port}`), { timeoutMs: START_TIMEOUT_MS, what: 'the line "ready"' }).catch(
      (error: unknown) => {
        throw new Error(`Facet did not start:\n${facet.log()}`, { cause: error });
      },
    );
    return facet;
  }

  /** Everything that was printed, the services' log lines included. */
  log(): string {
    return this.output.join('');
  }

  /** The lines that services wrote so far, each as its members. */
  logLines(): Record<string, unknown>[] {
    const lines = this.log().split('\n');
    return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** How many lines with this message services have written so far. */
  timesLogged(message: string): number {
    return this.logLines().filter(({ msg }) => msg === message).length;
  }

  /** Waits until there are so many. They come by pipes: an answer that is given after one may be here before it. */
  async logged(message: string, times = 1): Promise<void> {
    await waitFor(() => this.timesLogged(message) >= times, { what: `the line "${message}", ${times} times` });
  }

  /** Stops as Ctrl-C does. @returns the time that it took, in ms */
  async stop(): Promise<number> {
    const started = Date.now();
    if (this.command.exitCode === null) {
      const exit = once(this.command, 'exit');
      this.command.kill('SIGTERM');
      await exit;
    }
    return Date.now() - started;
  }

  private hasSaid(line: string): boolean {
    if (this.command.exitCode !== null) {
      throw new Error(`npm run up ended with ${this.command.exitCode}`);
    }
    return this.log().split('\n').includes(line);
  }
}

/** The machine's own settings of Facet must not decide what a test sees. */
function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const settings =
    /^(NATS_URL|MONGODB_|CLOUDINARY_|GOOGLE_|GEMINI_|GENERATION_|IMAGE_MODEL|JOB_|USER_|JWT_|JWKS_|PUBLIC_URL|WAIT_SECONDS|npm_)/;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !settings.test(name)));
}
