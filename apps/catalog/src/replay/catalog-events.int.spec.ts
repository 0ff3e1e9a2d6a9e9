import { EventPublisher } from '@facet/messaging';
import { anImageChanged, anImageDeleted, anImageStored, startProvisionedNats, type ProvisionedNats } from '@facet/testing';
import { jetstream } from '@nats-io/jetstream';
import { catalogEvents } from './catalog-events';
import { betweenKinds } from './testing/between-kinds';

describe('the events of the catalog', () => {
  let nats: ProvisionedNats;
  let publisher: EventPublisher;

  beforeAll(async () => {
    nats = await startProvisionedNats();
    publisher = new EventPublisher(jetstream(nats.connection));
  }, 60_000);

  afterEach(() => {
    jest.restoreAllMocks();
  });

  afterAll(() => nats.stop());

  const read = async (): Promise<number[]> => {
    const sequences: number[] = [];
    for await (const { sequence } of catalogEvents(nats.connection, 1)) {
      sequences.push(sequence);
    }
    return sequences;
  };

  it('are read to one end, whatever comes while they are', async () => {
    const event = anImageStored();
    const stored = await publisher.publish('image.stored', event);
    betweenKinds(nats.connection, {
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
