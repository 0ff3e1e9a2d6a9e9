import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** A probe that takes longer counts as "no". */
const PROBE_TIMEOUT_MS = 2000;

/** Does the service answer 200 to `/health/ready`? */
export async function answersReady(host: string, port: number): Promise<boolean> {
  return (await answerOf(`http://${host}:${port}/health/ready`))?.status === 200;
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
  // it also says that a stream could not be recovered, which another start would not mend: the others work
  const health = await answerOf(`http://127.0.0.1:${monitoringPort}/healthz`);
  return (await answers) && health !== null && !health.text.includes(' write error');
}

async function answerOf(url: string): Promise<{ status: number; text: string } | null> {
  const request = get(url, { agent: false, signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
  // also one that comes after the answer has begun
  request.on('error', () => undefined);
  try {
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 0, text: await text(response) };
  } catch {
    return null;
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
