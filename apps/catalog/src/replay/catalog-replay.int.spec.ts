import { recordOf } from '../images/image-record.projection';
import { ReplayedImageRepository } from '../images/replayed-image.repository';
import { CatalogReplay } from './catalog-replay';
import { connectNats, EventPublisher, provisionNats } from '@facet/messaging';
import { anImageStored, startNats, type RunningNats } from '@facet/testing';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

describe('CatalogReplay', () => {
  let nats: RunningNats;
  let connection: NatsConnection;
  let publisher: EventPublisher;

  beforeAll(async () => {
    nats = await startNats();
    connection = await connectNats(nats.url, 'catalog');
    await provisionNats(connection);
    publisher = new EventPublisher(jetstream(connection));
  }, 60_000);

  afterAll(async () => {
    await connection.close();
    await nats.stop();
  });

  const replay = async (into: ReplayedImageRepository): Promise<void> => {
    await new CatalogReplay(connection, into).run();
  };

  it('has nothing to do for an empty log', async () => {
    const images = new ReplayedImageRepository();
    await replay(images);
    expect(await images.lastSequence()).toBe(0);
  });

  it('remembers every stored picture with its place in the log, and nothing else', async () => {
    const user_id = 'ann';
    const events = Array.from({ length: 30 }, () => anImageStored({ user_id }));
    const sequences: number[] = [];
    for (const event of events) {
      await publisher.publish('image.requested', event);
      sequences.push(await publisher.publish('image.stored', event));
    }
    const images = new ReplayedImageRepository();
    await replay(images);
    expect((await images.list({ user_id, page: 1, limit: 1 })).total).toBe(events.length);
    for (const [index, event] of events.entries()) {
      expect(await images.findById(event.image_id)).toEqual(recordOf(event, sequences[index] ?? 0));
    }
  });

  it('goes on after the last picture that is remembered', async () => {
    const known = new ReplayedImageRepository();
    await replay(known);
    const [before, event] = [await known.lastSequence(), anImageStored({ user_id: 'bob' })];
    const sequence = await publisher.publish('image.stored', event);
    await replay(known);
    expect(await known.lastSequence()).toBe(sequence);
    expect(sequence).toBeGreaterThan(before);
    expect(await known.findById(event.image_id)).not.toBeNull();
  });

  it('leaves an unreadable event out, and what comes after it in', async () => {
    await jetstream(connection).publish('image.stored', '{"image_id": 7}');
    const event = anImageStored();
    await publisher.publish('image.stored', event);
    const images = new ReplayedImageRepository();
    await replay(images);
    expect(await images.findById(event.image_id)).not.toBeNull();
  });
});
