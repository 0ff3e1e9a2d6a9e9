import { IMAGES_STREAM } from '@facet/contracts';
import { startProvisionedNats, type ProvisionedNats } from '@facet/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { createInbox, type NatsConnection } from '@nats-io/transport-node';
import { eraseMessages } from '../events/erase-messages';
import { readStream } from './read-stream';

/** More than are on their way to the reader at once. */
const MESSAGES = 700;

describe('readStream', () => {
  let nats: ProvisionedNats;
  let connection: NatsConnection;
  let sequences: number[];

  beforeAll(async () => {
    nats = await startProvisionedNats();
    ({ connection } = nats);
    const log = jetstream(connection);
    sequences = (await Promise.all(Array.from({ length: MESSAGES }, () => log.publish('image.failed', '{}')))).map(({ seq }) => seq);
  }, 60_000);

  afterAll(() => nats.stop());

  /** Has the server send the next messages of the only consumer to somebody else, which its reader does not notice: nothing follows them. */
  const takeAway = async (messages: number): Promise<void> => {
    const [consumer] = await (await jetstreamManager(connection)).consumers.list(IMAGES_STREAM).next();
    const inbox = createInbox();
    const taken = connection.subscribe(inbox, { max: messages, callback: () => undefined });
    const pull = `$JS.API.CONSUMER.MSG.NEXT.${IMAGES_STREAM}.${consumer?.name ?? ''}`;
    connection.publish(pull, JSON.stringify({ batch: messages, no_wait: true }), { reply: inbox });
    await taken.closed;
  };

  it('reads a part to its ends', async () => {
    const read: number[] = [];
    for await (const { seq } of readStream(jetstream(connection), { stream: IMAGES_STREAM, from: 3, until: 600 })) {
      read.push(seq);
    }
    expect(read).toEqual(sequences.slice(2, 600));
  });

  it('reads what was sent to it and lost', async () => {
    const read: number[] = [];
    for await (const { seq } of readStream(jetstream(connection), { stream: IMAGES_STREAM, from: 1 })) {
      read.push(seq);
      if (read.length === 1) {
        await takeAway(200);
      }
    }
    expect(read).toEqual(sequences);
  });

  it('ends when the last that it has counted are erased meanwhile, and nothing follows them', async () => {
    const [read, last] = [[] as number[], sequences.slice(-100)];
    for await (const { seq } of readStream(jetstream(connection), { stream: IMAGES_STREAM, from: 1 })) {
      read.push(seq);
      if (read.length === 1) {
        await eraseMessages(connection, IMAGES_STREAM, last);
      }
    }
    expect(read).toEqual(sequences.slice(0, -100));
  });
});
