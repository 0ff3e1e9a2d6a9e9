import { connectNats, EventPublisher, provisionNats } from '@facet/messaging';
import { anImageChanged, anImageDeleted, anImageStored, startNats, type RunningNats } from '@facet/testing';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { catalogEvents } from './catalog-events';
import { betweenKinds } from './testing/between-kinds';

describe('the events of the catalog', () => {
  let nats: RunningNats;
  let connection: NatsConnection;
  let publisher: EventPublisher;

  beforeAll(async () => {
    nats = await startNats();
    connection = await connectNats(nats.url, 'catalog');
    await provisionNats(connection);
    publisher = new EventPublisher(jetstream(connection));
  }, 60_000);

  afterEach(() => {
    jest.restoreAllMocks();
  });

  afterAll(async () => {
    await connection.close();
    await nats.stop();
  });

  const read = async (): Promise<number[]> => {
    const sequences: number[] = [];
    for await (const { sequence } of catalogEvents(connection, 1)) {
      sequences.push(sequence);
    }
    return sequences;
  };

  it('are read to one end, whatever comes while they are', async () => {
    const event = anImageStored();
    const stored = await publisher.publish('image.stored', event);
    betweenKinds(connection, {
      read: 'image.changed',
      notYetRead: 'image.deleted',
      happens: async () => {
        await publisher.publish('image.changed', anImageChanged(event));
        await publisher.publish('image.deleted', anImageDeleted(event));
      },
    });
    expect(await read()).toEqual([stored]);
    expect(await read()).toEqual([stored, stored + 1, stored + 2]);
  });
});
