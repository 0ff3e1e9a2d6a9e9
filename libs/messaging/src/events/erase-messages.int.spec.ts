import { IMAGES_STREAM } from '@facet/contracts';
import { startProvisionedNats, type ProvisionedNats } from '@facet/testing';
import { jetstream } from '@nats-io/jetstream';
import { eraseMessages } from './erase-messages';
import { readStream } from '../streams/read-stream';

describe('eraseMessages', () => {
  let nats: ProvisionedNats;

  beforeAll(async () => {
    nats = await startProvisionedNats();
  }, 60_000);

  afterAll(() => nats.stop());

  it('erases what two are told to erase at once, and passes over what never was there', async () => {
    const log = jetstream(nats.connection);
    const [first, ...others] = await Promise.all(Array.from({ length: 20 }, () => log.publish('image.failed', '{}')));
    const meant = [...others.map(({ seq }) => seq), 9_999];
    await Promise.all([eraseMessages(nats.connection, IMAGES_STREAM, meant), eraseMessages(nats.connection, IMAGES_STREAM, meant)]);
    const left: number[] = [];
    for await (const { seq } of readStream(log, { stream: IMAGES_STREAM, from: 1 })) {
      left.push(seq);
    }
    expect(left).toEqual([first?.seq]);
  });
});
