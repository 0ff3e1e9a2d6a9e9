import { createServer } from 'node:net';
import { UpError } from './up-error';

const LOOPBACK = '127.0.0.1';
const LAST_PORT = 65_535;

/** Tries to listen; answers with the system's error code when that fails. */
function tryToListen(port: number, host: string): Promise<{ port: number; fault?: string }> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve({ port, fault: error.code ?? error.message }));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const taken = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve({ port: taken }));
    });
  });
}

/** Is nobody listening on this loopback port? True at this moment only. */
export async function isFree(port: number): Promise<boolean> {
  return (await tryToListen(port, LOOPBACK)).fault === undefined;
}

/**
 * The port on which the gateway may listen: the given one, or a free one for 0.
 *
 * @throws UpError when it is taken on `host` or on the loopback address, or may not be used
 */
export async function claimPublicPort(port: number, host: string): Promise<number> {
  const onHost = await tryToListen(port, host);
  // A listener on the loopback address alone would get what is meant for us, on systems that let both listen.
  const onLoopback = onHost.fault === undefined ? await tryToListen(onHost.port, LOOPBACK) : onHost;
  switch (onLoopback.fault) {
    case undefined:
      return onHost.port;
    case 'EADDRINUSE':
      throw new UpError(`Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm run up`);
    case 'EACCES':
      throw new UpError(`Port ${port} may not be used by this user. Choose one above 1023: PORT=8000 npm run up`);
    default:
      throw new UpError(`Port ${port} on ${host} cannot be used: ${onLoopback.fault}`);
  }
}

/** Hands out free loopback ports upward from a start, none of them twice. */
export class InternalPorts {
  private next: number;

  constructor(start: number) {
    this.next = start;
  }

  async take(): Promise<number> {
    while (this.next <= LAST_PORT) {
      const port = this.next++;
      if (await isFree(port)) {
        return port;
      }
    }
    const { port, fault } = await tryToListen(0, LOOPBACK);
    if (fault !== undefined) {
      throw new UpError(`No free port was found on ${LOOPBACK}: ${fault}`);
    }
    return port;
  }
}
