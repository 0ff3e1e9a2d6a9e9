import { connect } from 'node:net';

/** A probe that takes longer counts as "no". */
const PROBE_TIMEOUT_MS = 2000;

/** Does the service answer 200 to `/health/ready`? */
export function answersReady(host: string, port: number): Promise<boolean> {
  return answersOk(`http://${host}:${port}/health/ready`);
}

/** Does a NATS server with JetStream greet on this loopback port? Its first line, INFO, says what it can do. */
export function greetsAsNats(port: number): Promise<boolean> {
  return saysAsNats(port, /^INFO .*"jetstream":\s*true/);
}

/**
 * Does JetStream work, on these loopback ports? After its disk was full that of nats-server 2.9 hangs, and takes connections as before;
 * that of 2.15 answers, and stores nothing any more in the streams that it could not write to, which `/healthz` tells.
 */
export async function worksAsJetStream(port: number, monitoringPort: number): Promise<boolean> {
  const answers = saysAsNats(port, /^MSG /m, 'CONNECT {"verbose":false}\r\nSUB _INBOX.up 1\r\nPUB $JS.API.INFO _INBOX.up 0\r\n\r\n');
  return (await answers) && answersOk(`http://127.0.0.1:${monitoringPort}/healthz`);
}

async function answersOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { headers: { connection: 'close' }, signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
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
