import { startNats, type RunningNats } from '@facet/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { keptMessages } from './kept-messages';

describe('keptMessages', () => {
  let nats: RunningNats;
  let connection: NatsConnection;

  const told = async (key: string, from?: number): Promise<[seq: number, text: string][]> => {
    const messages: [number, string][] = [];
    for await (const message of keptMessages(connection, 'KV_letters', `$KV.letters.${key}`, from)) {
      messages.push([message.seq, message.string()]);
    }
    return messages;
  };

  beforeAll(async () => {
    nats = await startNats();
    connection = await connect({ servers: nats.url });
    const letters = await new Kvm(connection).create('letters', { history: 3 });
    for (const [key, text] of ['ab', 'bx', 'ac', 'ad', 'by', 'ae'].map(([name = '', word = '']) => [name, word] as const)) {
      await letters.put(key, text);
    }
  }, 60_000);

  afterAll(async () => {
    await connection.close();
    await nats.stop();
  });

  it('tells the messages of a subject that are kept, oldest first', async () => {
    expect(await told('a')).toEqual([
      [3, 'c'],
      [4, 'd'],
      [6, 'e'],
    ]);
  });

  it('tells those from a sequence on', async () => {
    expect(await told('b', 3)).toEqual([[5, 'y']]);
    expect(await told('b', 6)).toEqual([]);
    expect(await told('c')).toEqual([]);
  });

  it('leaves no consumer behind', async () => {
    const { state } = await (await jetstreamManager(connection)).streams.info('KV_letters');
    expect(state.consumer_count).toBe(0);
  });
});
