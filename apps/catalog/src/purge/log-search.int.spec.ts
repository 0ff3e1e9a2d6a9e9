import { createHash, randomUUID } from 'node:crypto';
import { IMAGES_STREAM, type ImagePurged } from '@facet/contracts';
import { connectNats, EventPublisher, provisionNats } from '@facet/messaging';
import { anImageDeleted, anImageStored, startNats, type RunningNats } from '@facet/testing';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { recordOf } from '../images/image-record.projection';
import { tombstoneOf } from '../images/tombstone.projection';
import { LogSearch } from './log-search';

const DAY_MS = 86_400_000;

/** The id that a key leads to: it tells no time. */
const idOfKey = (): string => createHash('sha256').update(randomUUID()).digest('hex').slice(0, 24);

describe('LogSearch', () => {
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

  /** A picture that is purged: where its events are, and where its purge is. */
  const aPurgedPicture = async (image_id?: string, requested_at?: string): Promise<{ events: number[]; purged: number }> => {
    const event = anImageStored({ ...(image_id && { image_id }), ...(requested_at && { requested_at }) });
    const events = [await publisher.publish('image.stored', event), await publisher.publish('image.deleted', anImageDeleted(event))];
    return { events, purged: await purge(event) };
  };
  const purge = (event: ReturnType<typeof anImageStored>, of_account?: true): Promise<number> => {
    const { deleted_at: _, ...change } = anImageDeleted(event);
    const tombstone = tombstoneOf(recordOf(event, 1), '2026-11-26T10:00:00.000Z');
    return publisher.publish('image.purged', { ...change, of_account, tombstone } satisfies ImagePurged);
  };

  it('finds what the log says of a picture, of no other, and nothing that came after its purge', async () => {
    const [first, second] = [await aPurgedPicture(), await aPurgedPicture()];
    const search = new LogSearch(connection);
    expect(await search.eventsBefore(first.purged)).toEqual(first.events);
    expect(await search.eventsBefore(second.purged)).toEqual(second.events);
    // a delivery that comes again, when all is erased or not
    expect(await search.eventsBefore(first.purged)).toEqual(first.events);
  });

  it('finds what earlier attempts have left under the same key, long before the picture was asked for', async () => {
    const { events, purged } = await aPurgedPicture(idOfKey(), new Date(Date.now() + DAY_MS).toISOString());
    expect(await new LogSearch(connection).eventsBefore(purged)).toEqual(events);
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
    const [one, two] = byPlace;
    const together = await Promise.all([one, two].map((picture) => search.eventsBefore(picture?.purged ?? 0)));
    const others: number[][] = [];
    for (const { purged } of byPlace.slice(2)) {
      others.push(await search.eventsBefore(purged));
    }
    expect([...together, ...others]).toEqual(byPlace.map(({ events }) => events));
    await connection.flush();
    expect(passes).toBe(1);
  });

  it('breaks off when the process stops, to be done by another', async () => {
    const { purged } = await aPurgedPicture();
    const search = new LogSearch(connection);
    search.beforeApplicationShutdown();
    await expect(search.eventsBefore(purged)).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  });
});
