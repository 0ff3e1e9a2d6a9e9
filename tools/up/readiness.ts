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
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(PROBE_TIMEOUT_MS, () => settle(false));
    socket.once('error', () => settle(false));
    socket.once('data', (greeting) => settle(/^INFO .*"jetstream":\s*true/.test(greeting.toString('utf8'))));
  });
}
