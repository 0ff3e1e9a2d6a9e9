import { type ServerResponse } from 'node:http';
import { type Answer } from './answers';

/** How an answer reaches the client, or does not. */
export type Delivery = 'whole' | 'reset-before-answer' | 'reset-in-body' | 'truncated-json';

/** Sends an answer in the manner asked for. */
export function deliver(response: ServerResponse, { status, body }: Answer, delivery: Delivery): void {
  const whole = Buffer.from(JSON.stringify(body));
  const half = whole.subarray(0, whole.byteLength / 2);
  const head = (length: number) =>
    response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', 'content-length': length });
  switch (delivery) {
    case 'whole':
      head(whole.byteLength).end(whole);
      return;
    case 'truncated-json':
      head(half.byteLength).end(half);
      return;
    case 'reset-before-answer':
      response.socket?.resetAndDestroy();
      return;
    case 'reset-in-body':
      // ended, not reset: a reset could overtake the head, which the client is to see
      head(whole.byteLength).write(half, () => response.socket?.destroy());
      return;
  }
}
