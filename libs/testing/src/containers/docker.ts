import { execFileSync } from 'node:child_process';

let answer: boolean | undefined;

/**
 * Whether a Docker engine answers. Asked once per test file.
 *
 * @throws Error when none does and `REQUIRE_CONTAINERS=1`, so that no suite is left out unseen
 */
export function hasDocker(): boolean {
  answer ??= commandSucceeds('docker', ['version', '--format', '{{.Server.Version}}']) || commandSucceeds(process.execPath, ['-e', ASK]);
  if (!answer && process.env['REQUIRE_CONTAINERS'] === '1') {
    throw new Error('REQUIRE_CONTAINERS=1, and no Docker engine answers.');
  }
  return answer;
}

/** For engines without Docker's own command, such as one behind `DOCKER_HOST`: ten times as slow, hence asked second. */
const ASK = `require('testcontainers').getContainerRuntimeClient().then(() => process.exit(0), () => process.exit(1))`;

function commandSucceeds(command: string, args: string[]): boolean {
  try {
    execFileSync(command, args, { cwd: __dirname, stdio: 'pipe', timeout: 10_000 });
    return true;
  } catch {
    return false;
  }
}
