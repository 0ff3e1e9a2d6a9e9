import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the range that Linux and macOS hand out to outgoing connections and to `listen(0)`: nothing takes the port in
 * the second before its server listens there.
 */
const [LOWEST, HIGHEST] = [20_000, 32_000];

/** A TCP port that nothing listens on, for a server that keeps its port over a restart. */
export async function freePort(): Promise<number> {
  for (let attempts = 0; attempts < 50; attempts += 1) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isFree(port)) {
      return port;
    }
  }
  throw new Error(`No free port found between ${LOWEST} and ${HIGHEST}.`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port);
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
