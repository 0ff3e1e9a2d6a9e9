import { connect } from 'node:net';

/** A probe that takes longer counts as "no". */
const PROBE_TIMEOUT_MS = 2000;

/** Does the service answer 200 to `/health/ready`? */
export async function answersReady(host: string, port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://${host}:${port}/health/ready`, {
      headers: { connection: 'close' },
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
    });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}

/** Does a NATS server with JetStream greet on this loopback port? Its first line, INFO, says what it can do. */
export function greetsAsNats(port: number): Promise<boolean> {
  return saysAsNats(port, /^INFO .*"jetstream":\s*true/);
}

/**
 * Does JetStream answer on this loopback port? One that hangs, as that of nats-server 2.9 does after its disk was full, takes
 * connections as before.
 */
export function answersAsJetStream(port: number): Promise<boolean> {
  return saysAsNats(port, /^MSG /m, 'CONNECT {"verbose":false}\r\nSUB _INBOX.up 1\r\nPUB $JS.API.INFO _INBOX.up 0\r\n\r\n');
}

/** @param asked what it is told first */
function saysAsNats(port: number, wanted: RegExp, asked = ''): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(asked));
    const settle = (answer: boolean) => {
      clearTimeout(late);
      socket.destroy();
      resolve(answer);
    };
    const late = setTimeout(() => settle(false), PROBE_TIMEOUT_MS);
    let said = '';
    socket.once('error', () => settle(false));
    socket.once('close', () => settle(false));
    socket.on('data', (more) => {
      said += more.toString('utf8');
      if (wanted.test(said)) {
        settle(true);
      }
    });
  });
}
