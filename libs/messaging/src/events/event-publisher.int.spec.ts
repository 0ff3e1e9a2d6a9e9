import { ImageRequested } from '@facet/contracts';
import { anImageStored, startProvisionedNats, type ProvisionedNats } from '@facet/testing';
import { jetstream } from '@nats-io/jetstream';
import { EventPublisher } from './event-publisher';

describe('EventPublisher', () => {
  let nats: ProvisionedNats;
  let publisher: EventPublisher;

  beforeAll(async () => {
    nats = await startProvisionedNats();
    publisher = new EventPublisher(jetstream(nats.connection));
  }, 60_000);

  afterAll(() => nats.stop());

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
