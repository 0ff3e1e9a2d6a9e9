import { createHash, randomUUID } from 'node:crypto';
import { deadLetterSubject, IMAGES_STREAM, type ImageStored } from '@facet/contracts';
import { EventPublisher } from '@facet/messaging';
import { anImageDeleted, anImageStored, startProvisionedNats, type ProvisionedNats } from '@facet/testing';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { recordOf } from '../images/image-record.projection';
import { tombstoneOf } from '../images/tombstone.projection';
import { LogSearch, type OnStreams } from './log-search';

const DAY_MS = 86_400_000;

/** The id that a key leads to: it tells no time. */
const idOfKey = (): string => createHash('sha256').update(randomUUID()).digest('hex').slice(0, 24);

describe('LogSearch', () => {
  let nats: ProvisionedNats;
  let connection: NatsConnection;
  let publisher: EventPublisher;

  beforeAll(async () => {
    nats = await startProvisionedNats();
    ({ connection } = nats);
    publisher = new EventPublisher(jetstream(connection));
  }, 60_000);

  afterAll(() => nats.stop());

  /** A picture that is purged: where its events are, and where its purge is. */
  const aPurgedPicture = async (partial: Partial<ImageStored> = {}): Promise<OnStreams & { image_id: string; purged: number }> => {
    const event = anImageStored(partial);
    const { deleted_at: _, ...change } = anImageDeleted(event);
    const events = [await publisher.publish('image.stored', event), await publisher.publish('image.deleted', anImageDeleted(event))];
    const letter = await jetstream(connection).publish(deadLetterSubject('image.deleted'), JSON.stringify(change));
    const tombstone = tombstoneOf(recordOf(event, 1), '2026-11-26T10:00:00.000Z');
    const purged = await publisher.publish('image.purged', { ...change, tombstone });
    return { image_id: event.image_id, events, dead_letters: [letter.seq], purged };
  };
  const found = ({ events, dead_letters }: OnStreams) => expect.objectContaining({ events, dead_letters }) as unknown;

  it('finds what the log says of a picture, of no other, and nothing that came after its purge', async () => {
    const [first, second] = [await aPurgedPicture(), await aPurgedPicture()];
    const search = new LogSearch(connection);
    expect(await search.find(first.image_id, first.purged)).toEqual(found(first));
    expect(await search.find(second.image_id, second.purged)).toEqual(found(second));
    // a delivery that comes again, when all is erased or not
    expect(await search.find(first.image_id, first.purged)).toEqual(found(first));
  });

  it('finds what earlier attempts have left under the same key, long before the picture was asked for', async () => {
    const picture = await aPurgedPicture({ image_id: idOfKey(), requested_at: new Date(Date.now() + DAY_MS).toISOString() });
    expect(await new LogSearch(connection).find(picture.image_id, picture.purged)).toEqual(found(picture));
  });

  it('goes through the log once for all whose purge waits', async () => {
    const pictures = await Promise.all(Array.from({ length: 5 }, () => aPurgedPicture()));
    const byPlace = pictures.sort((a, b) => a.purged - b.purged);
    let passes = 0;
    connection.subscribe(`$JS.API.CONSUMER.CREATE.${IMAGES_STREAM}.>`, {
      callback: (_, message) => {
        passes += message.string().includes('"headers_only":true') ? 1 : 0;
      },
    });
    const search = new LogSearch(connection);
    const together = await Promise.all(byPlace.slice(0, 2).map(({ image_id, purged }) => search.find(image_id, purged)));
    const others: OnStreams[] = [];
    for (const { image_id, purged } of byPlace.slice(2)) {
      others.push(await search.find(image_id, purged));
    }
    expect([...together, ...others]).toEqual(byPlace.map(found));
    await connection.flush();
    expect(passes).toBe(1);
  });

  it('takes nothing that it knows of one picture for another’s, as in a log that was made anew', async () => {
    const [one, other] = [await aPurgedPicture(), await aPurgedPicture()];
    const search = new LogSearch(connection);
    await search.find(one.image_id, one.purged);
    expect(await search.find(other.image_id, one.purged)).toEqual({ events: [], dead_letters: [] });
  });

  it('breaks off when the process stops, to be done by another', async () => {
    const { image_id, purged } = await aPurgedPicture();
    const search = new LogSearch(connection);
    search.beforeApplicationShutdown();
    await expect(search.find(image_id, purged)).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  });
});
