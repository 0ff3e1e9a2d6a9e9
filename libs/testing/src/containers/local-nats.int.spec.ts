import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePort } from './free-port';
import { startLocalNats } from './local-nats';

describe('startLocalNats', () => {
  it('takes other ports where somebody has taken the free one meanwhile', async () => {
    const taken = await freePort();
    const somebody = createServer().listen(taken, '127.0.0.1');
    await once(somebody, 'listening');
    const chosen = [taken];
    const nats = await startLocalNats({ portOf: async () => chosen.pop() ?? (await freePort()) });
    expect(nats.url).not.toBe(`nats://127.0.0.1:${taken}`);
    await nats.stop();
    somebody.close();
  });
});
