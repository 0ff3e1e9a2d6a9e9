import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { NatsFrames, type Frame } from './nats-frames';

const through = async (chunks: string[], dropped: (frame: Frame) => boolean): Promise<string> =>
  (await buffer(Readable.from(chunks.map((chunk) => Buffer.from(chunk))).pipe(new NatsFrames(dropped)))).toString();

describe('NatsFrames', () => {
  const messages = 'PING\r\nPUB a 5\r\nhello\r\nPUB $JS.ACK.x 4\r\n+ACK\r\nMSG b 1 2\r\n\r\n\r\nPONG\r\n';

  it('passes everything on, however it is cut into chunks', async () => {
    expect(await through(messages.split(/(?=.)/s), () => false)).toBe(messages);
    expect(await through([messages], () => false)).toBe(messages);
  });

  it('loses what is dropped, and nothing else', async () => {
    const lost = await through([messages], ({ verb, words }) => verb === 'PUB' && words[0]?.startsWith('$JS.ACK') === true);
    expect(lost).toBe(messages.replace('PUB $JS.ACK.x 4\r\n+ACK\r\n', ''));
  });

  it('shows the payload', async () => {
    const payloads: string[] = [];
    await through([messages], ({ payload }) => {
      payloads.push(payload.toString());
      return false;
    });
    expect(payloads).toEqual(['', 'hello', '+ACK', '\r\n', '']);
  });
});
