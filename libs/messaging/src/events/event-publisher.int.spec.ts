import { ImageRequested } from '@facet/contracts';
import { anImageStored, startNats, type RunningNats } from '@facet/testing';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { connectNats } from '../connection/nats-connector';
import { provisionNats } from '../connection/provisioning';
import { EventPublisher } from './event-publisher';

describe('EventPublisher', () => {
  let nats: RunningNats;
  let connection: NatsConnection;
  let publisher: EventPublisher;

  beforeAll(async () => {
    nats = await startNats();
    connection = await connectNats(nats.url, 'test');
    await provisionNats(connection);
    publisher = new EventPublisher(jetstream(connection));
  }, 60_000);

  afterAll(async () => {
    await connection.close();
    await nats.stop();
  });

  it('puts an event of a picture on the log once, and once more for each time that its job was begun anew', async () => {
    const event = ImageRequested.parse(anImageStored());
    const first = await publisher.publish('image.requested', event);
    expect(await publisher.publish('image.requested', event)).toBe(first);
    const again = await publisher.publish('image.requested', { ...event, reopened: 1 });
    expect(again).toBe(first + 1);
    expect(await publisher.publish('image.requested', { ...event, reopened: 1 })).toBe(again);
  });

  it('refuses for good what no message can hold', async () => {
    const event = ImageRequested.parse({ ...anImageStored(), prompt: 'x'.repeat(1_100_000) });
    await expect(publisher.publish('image.requested', event)).rejects.toMatchObject({ code: 'internal', retryable: false });
  });
});
