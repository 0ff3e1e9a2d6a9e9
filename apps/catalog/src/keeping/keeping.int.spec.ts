import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import {
  DEADLETTERS_STREAM,
  deadLetterSubject,
  durableOf,
  IMAGES_STREAM,
  purgeReceiptId,
  type ImagePurging,
  type ImageRecord,
  type ImageStored,
} from '@facet/contracts';
import { attachTransports, EventPublisher, JobStore, Receipts } from '@facet/messaging';
import {
  aJobOf,
  anImageChanged,
  anImageDeleted,
  anImageRestored,
  anImageStored,
  startProvisionedNats,
  waitFor,
  type ProvisionedNats,
} from '@facet/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { catalogConfigSchema } from '../catalog.config';
import { CatalogModule } from '../catalog.module';
import { ImageRepository } from '../images/image.repository';
import { CatalogReplay } from '../replay/catalog-replay';

describe('keeping, in the embedded catalog', () => {
  let nats: ProvisionedNats;
  let connection: NatsConnection;
  let publisher: EventPublisher;
  let jobs: JobStore;
  let app: INestApplication;

  const start = async (): Promise<INestApplication> => {
    const config = catalogConfigSchema.parse({ NATS_URL: nats.url });
    const module = await Test.createTestingModule({ imports: [await CatalogModule.forRoot(config)] }).compile();
    const started = module.createNestApplication(new FastifyAdapter(), { logger: false });
    await started.get(CatalogReplay).run();
    const times = { ackWaitMs: 20_000, handlerTimeoutMs: 5_000, deadlineMs: 60_000 };
    await attachTransports(started, { service: 'catalog', servers: nats.url, concurrency: 2, maxInFlight: 10, ...times });
    return started.init();
  };
  const find = (id: string): Promise<ImageRecord | null> => app.get(ImageRepository).findById(id);
  const shown = (id: string, shows: (record: ImageRecord) => boolean): Promise<unknown> =>
    waitFor(async () => {
      const record = await find(id);
      return record !== null && shows(record);
    });
  /** All that was said so far is entered. */
  const settled = (): Promise<unknown> =>
    waitFor(
      async () => {
        const { consumers } = await jetstreamManager(connection);
        const durables = [durableOf('image.restored'), durableOf('image.purging')].filter((name) => name !== null);
        const left = await Promise.all(durables.map((name) => consumers.info(IMAGES_STREAM, name)));
        return left.every(({ num_pending, num_ack_pending }) => num_pending + num_ack_pending === 0);
      },
      { what: 'all events to be entered' },
    );
  /** A picture that was made: its job has succeeded. */
  const aPicture = async (): Promise<ImageStored> => {
    const event = anImageStored();
    await jobs.create(aJobOf(event));
    await publisher.publish('image.stored', event);
    await waitFor(async () => (await jobs.find(event.image_id))?.job.state === 'succeeded', { what: 'the picture to be cataloged' });
    return event;
  };

  beforeAll(async () => {
    nats = await startProvisionedNats();
    ({ connection } = nats);
    publisher = new EventPublisher(jetstream(connection));
    jobs = await JobStore.open(connection);
    app = await start();
  }, 60_000);

  afterAll(async () => {
    await app.close();
    await nats.stop();
  }, 60_000);

  it('enters what owners do, into catalog and job', async () => {
    const picture = await aPicture();
    const sequence = await publisher.publish('image.changed', anImageChanged(picture, { starred: true, tags: ['gold'] }));
    await shown(picture.image_id, ({ applied }) => applied.starred === sequence);
    expect(await find(picture.image_id)).toMatchObject({ starred: true, tags: ['gold'], title: null });
    expect((await jobs.find(picture.image_id))?.job.result).toEqual(await find(picture.image_id));
    await publisher.publish('image.deleted', anImageDeleted(picture));
    await shown(picture.image_id, ({ deleted_at }) => deleted_at !== null);
    expect((await jobs.find(picture.image_id))?.job).toMatchObject({ state: 'succeeded', result: { deleted_at: expect.any(String) } });
    await publisher.publish('image.restored', anImageRestored(picture));
    await shown(picture.image_id, ({ deleted_at }) => deleted_at === null);
  });

  it('is the same after a start anew', async () => {
    const pictures = await Promise.all([aPicture(), aPicture(), aPicture()]);
    const [starred, deleted] = pictures;
    const star = await publisher.publish('image.changed', anImageChanged(starred, { starred: true, title: 'For the window' }));
    const deletion = await publisher.publish('image.deleted', anImageDeleted(deleted));
    await shown(starred.image_id, ({ applied }) => applied.title === star);
    await shown(deleted.image_id, ({ applied }) => applied.deletion === deletion);
    const before = await Promise.all(pictures.map(({ image_id }) => find(image_id)));
    await app.close();
    app = await start();
    expect(await Promise.all(pictures.map(({ image_id }) => find(image_id)))).toEqual(before);
  });

  describe('when a deleted picture’s time is over', () => {
    const purging = ({ image_id, user_id, request_id }: ImageStored, deletion: number): ImagePurging => {
      const purging_at = '2026-12-02T10:00:00.000Z';
      return { image_id, user_id, request_id, deletion, change_id: `${purgeReceiptId(image_id)}-${deletion}`, purging_at };
    };
    const aDeletedPicture = async (): Promise<{ picture: ImageStored; deletion: number }> => {
      const picture = await aPicture();
      const deletion = await publisher.publish('image.deleted', anImageDeleted(picture));
      await shown(picture.image_id, ({ applied }) => applied.deletion === deletion);
      return { picture, deletion };
    };

    it('is purged, with a receipt, and cannot be restored', async () => {
      const { picture, deletion } = await aDeletedPicture();
      await publisher.publish('image.purging', purging(picture, deletion));
      await shown(picture.image_id, ({ purged_at }) => purged_at !== null);
      const receipts = await Receipts.open(connection);
      const receipt = { image_id: picture.image_id, user_id: picture.user_id, state: 'under_way' };
      expect(await waitFor(() => receipts.find(purgeReceiptId(picture.image_id)), { what: 'the receipt' })).toMatchObject(receipt);
      await publisher.publish('image.restored', anImageRestored(picture));
      await settled();
      expect(await find(picture.image_id)).toMatchObject({ purged_at: '2026-12-02T10:00:00.000Z' });
    });

    it('is kept where its restoration came first in the log, in whatever order the two are handled, and after a start anew', async () => {
      const { picture, deletion } = await aDeletedPicture();
      // without a catalog, so that both wait for it
      await app.close();
      await publisher.publish('image.restored', anImageRestored(picture));
      await publisher.publish('image.purging', purging(picture, deletion));
      app = await start();
      await settled();
      expect(await find(picture.image_id)).toMatchObject({ deleted_at: null, purged_at: null });
      expect(await (await Receipts.open(connection)).find(purgeReceiptId(picture.image_id))).toBeNull();
      await app.close();
      app = await start();
      expect(await find(picture.image_id)).toMatchObject({ deleted_at: null, purged_at: null });
    });
  });

  it('waits for a picture that comes later', async () => {
    const picture = anImageStored();
    const sequence = await publisher.publish('image.changed', anImageChanged(picture));
    await publisher.publish('image.stored', picture);
    await waitFor(async () => (await find(picture.image_id))?.applied.starred === sequence, { timeoutMs: 30_000, what: 'the change' });
  }, 40_000);

  it('does not end a job by an event that cannot be entered', async () => {
    const { image_id, user_id, request_id } = anImageStored();
    await jobs.create(aJobOf({ image_id, user_id }));
    await jetstream(connection).publish('image.changed', JSON.stringify({ image_id, user_id, request_id, changes: 'none' }));
    const manager = await jetstreamManager(connection);
    const letter = () => manager.streams.getMessage(DEADLETTERS_STREAM, { last_by_subj: deadLetterSubject('image.changed') });
    await waitFor(async () => (await letter().catch(() => null)) !== null, { what: 'the dead letter' });
    expect((await letter())?.json()).toMatchObject({ image_id, changes: 'none' });
    expect((await jobs.find(image_id))?.job.state).toBe('queued');
    expect((await manager.streams.info(IMAGES_STREAM, { subjects_filter: 'image.failed' })).state.subjects ?? {}).toEqual({});
  });
});
