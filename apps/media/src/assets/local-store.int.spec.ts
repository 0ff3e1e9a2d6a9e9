import { connectNats } from '@facet/messaging';
import { startNats, type RunningNats } from '@facet/testing';
import type { NatsConnection } from '@nats-io/transport-node';
import { anAsset, itKeepsTheStoreContract } from './asset-store.contract';
import { LocalStore } from './local-store';

describe('LocalStore', () => {
  let nats: RunningNats;
  let connection: NatsConnection;
  let store: LocalStore;

  beforeAll(async () => {
    nats = await startNats();
    connection = await connectNats(nats.url, 'local-store');
    store = await LocalStore.open(connection);
  }, 60_000);

  afterAll(async () => {
    await connection.close();
    await nats.stop();
  });

  itKeepsTheStoreContract(() => store);

  it('reads an asset under its own address only', async () => {
    const { path } = await store.store(await anAsset());
    await expect(store.fetch({ url: '/media/somebody-else.png', path })).rejects.toMatchObject({
      code: 'storage_failed',
      retryable: false,
    });
  });
});
