import { randomUUID } from 'node:crypto';
import { IMAGES_STREAM, purgeReceiptId, type ImagePurgePlanned } from '@facet/contracts';
import { BlobStore, EventPublisher, readStream, Receipts } from '@facet/messaging';
import { anImageRecord, BrokenOff, startProvisionedNats, type ProvisionedNats } from '@facet/testing';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { anAsset } from '../assets/asset-store.contract';
import { LocalStore } from '../assets/local-store';
import { PurgeService } from './purge.service';

const AT = '2026-11-26T10:00:00.000Z';

describe('PurgeService', () => {
  let nats: ProvisionedNats;
  let connection: NatsConnection;
  let store: LocalStore;
  let blobs: BlobStore;
  let receipts: Receipts;

  beforeAll(async () => {
    nats = await startProvisionedNats();
    ({ connection } = nats);
    [store, blobs, receipts] = [await LocalStore.open(connection), await BlobStore.open(connection), await Receipts.open(connection)];
  }, 60_000);

  afterAll(() => nats.stop());

  const service = (life: BrokenOff): PurgeService =>
    new PurgeService(
      life.part(store),
      life.part(store),
      life.part(blobs),
      life.part(receipts),
      life.part(new EventPublisher(jetstream(connection))),
    );

  const said = async (imageId: string): Promise<number> => {
    let events = 0;
    for await (const message of readStream(jetstream(connection), { stream: IMAGES_STREAM, since: new Date(0), headersOnly: false })) {
      events += message.string().includes(imageId) ? 1 : 0;
    }
    return events;
  };

  it('leaves nothing, with everything on the receipt, wherever it breaks off', async () => {
    for (let after = 0, broke = true; broke; after += 1) {
      const { id: image_id, user_id, type, parent_image_id, root_image_id, depth, ornament_id, created_at } = anImageRecord();
      const asset = await store.store(await anAsset());
      const blob = await blobs.putPicture(`${image_id}/result`, Buffer.from('a picture'), { mime: 'image/png', width: 1, height: 1 });
      await receipts.begin({ id: purgeReceiptId(image_id), user_id, image_id, created_at: AT });
      const tombstone = { image_id, user_id, type, parent_image_id, root_image_id, depth, ornament_id, created_at, purged_at: AT };
      const planned: ImagePurgePlanned = { image_id, user_id, request_id: 'r', change_id: randomUUID(), tombstone, assets: [asset] };

      const first = new BrokenOff(after);
      const died = await service(first)
        .destroy(planned)
        .then(
          () => false,
          () => true,
        );
      broke = first.hasBroken;
      expect(died).toBe(broke);
      await service(new BrokenOff(Infinity)).destroy(planned);

      expect(await store.fetch(asset)).toBeNull();
      expect(await blobs.namesOf(`${image_id}/`)).toEqual([]);
      expect(await said(image_id)).toBe(1);
      expect((await receipts.find(purgeReceiptId(image_id)))?.destroyed).toMatchObject({ assets: [asset.path], blobs: [blob.name] });
    }
  });
});
