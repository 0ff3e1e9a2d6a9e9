import { IMAGES_STREAM } from '@facet/contracts';
import { startNats, type RunningNats } from '@facet/testing';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { connectNats } from '../connection/nats-connector';
import { provisionNats } from '../connection/provisioning';
import { eraseMessages } from './erase-messages';
import { readStream } from './read-stream';

describe('eraseMessages', () => {
  let nats: RunningNats;
  let connection: NatsConnection;

  beforeAll(async () => {
    nats = await startNats();
    connection = await connectNats(nats.url, 'test');
    await provisionNats(connection);
  }, 60_000);

  afterAll(async () => {
    await connection.close();
    await nats.stop();
  });

  it('erases what two are told to erase at once, and passes over what never was there', async () => {
    const log = jetstream(connection);
    const [first, ...others] = await Promise.all(Array.from({ length: 20 }, () => log.publish('image.failed', '{}')));
    const meant = [...others.map(({ seq }) => seq), 9_999];
    await Promise.all([eraseMessages(connection, IMAGES_STREAM, meant), eraseMessages(connection, IMAGES_STREAM, meant)]);
    const left: number[] = [];
    for await (const { seq } of readStream(log, { stream: IMAGES_STREAM, from: 1 })) {
      left.push(seq);
    }
    expect(left).toEqual([first?.seq]);
  });
});
