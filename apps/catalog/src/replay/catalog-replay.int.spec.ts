import { recordOf } from '../images/image-record.projection';
import { ReplayedImageRepository } from '../images/replayed-image.repository';
import { CatalogReplay } from './catalog-replay';
import { EventPublisher, publishAgain } from '@facet/messaging';
import { anImageChanged, anImageDeleted, anImageRestored, anImageStored, startProvisionedNats, type ProvisionedNats } from '@facet/testing';
import { jetstream } from '@nats-io/jetstream';

describe('CatalogReplay', () => {
  let nats: ProvisionedNats;
  let publisher: EventPublisher;

  beforeAll(async () => {
    nats = await startProvisionedNats();
    publisher = new EventPublisher(jetstream(nats.connection));
  }, 60_000);

  afterAll(() => nats.stop());

  const replay = async (into: ReplayedImageRepository): Promise<void> => {
    await new CatalogReplay(nats.connection, into).run();
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

  it('enters a picture by its first place in the log, where a retry of its dead letter alone is read', async () => {
    const [givenUp, next] = [anImageStored(), anImageStored()];
    const firstSequence = await publisher.publish('image.stored', givenUp);
    const images = new ReplayedImageRepository();
    await images.insert(recordOf(next, await publisher.publish('image.stored', next)));
    const data = new TextEncoder().encode(JSON.stringify(givenUp));
    const letter = { sequence: 1, subject: 'image.stored', image_id: givenUp.image_id, data, firstSequence };
    await publishAgain(jetstream(nats.connection), letter);
    await replay(images);
    expect(await images.findById(givenUp.image_id)).toEqual(recordOf(givenUp, firstSequence));
  });

  it('leaves an unreadable event out, and what comes after it in', async () => {
    await jetstream(nats.connection).publish('image.stored', '{"image_id": 7}');
    const event = anImageStored();
    await publisher.publish('image.stored', event);
    const images = new ReplayedImageRepository();
    await replay(images);
    expect(await images.findById(event.image_id)).not.toBeNull();
  });

  it('knows what owners have made of their pictures since', async () => {
    const [starred, deleted, restored] = [anImageStored(), anImageStored(), anImageStored()];
    for (const event of [starred, deleted, restored]) {
      await publisher.publish('image.stored', event);
    }
    await publisher.publish('image.changed', anImageChanged(starred, { starred: true, title: 'first' }));
    const title = await publisher.publish('image.changed', anImageChanged(starred, { title: 'second' }));
    await publisher.publish('image.deleted', anImageDeleted(deleted));
    await publisher.publish('image.deleted', anImageDeleted(restored));
    const restoration = await publisher.publish('image.restored', anImageRestored(restored));
    const images = new ReplayedImageRepository();
    await replay(images);
    expect(await images.findById(starred.image_id)).toMatchObject({ starred: true, title: 'second', applied: { title } });
    expect(await images.findById(deleted.image_id)).toMatchObject({ deleted_at: '2026-11-24T10:00:00.000Z' });
    expect(await images.findById(restored.image_id)).toMatchObject({ deleted_at: null, applied: { deletion: restoration } });
  });

  it('takes no change of a picture by anybody but its owner', async () => {
    const event = anImageStored();
    await publisher.publish('image.stored', event);
    await publisher.publish('image.deleted', anImageDeleted({ ...event, user_id: 'mallory' }));
    const images = new ReplayedImageRepository();
    await replay(images);
    expect(await images.findById(event.image_id)).toMatchObject({ deleted_at: null });
  });
});
