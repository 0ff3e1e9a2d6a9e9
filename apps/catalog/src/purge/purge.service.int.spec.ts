import {
  DEADLETTERS_STREAM,
  deadLetterSubject,
  IMAGES_STREAM,
  purgeReceiptId,
  type ImagePurged,
  type ImageRecord,
  type ImageStored,
} from '@facet/contracts';
import { EventPublisher, JobStore, readStream, Receipts } from '@facet/messaging';
import { aJobOf, anImageDeleted, anImageStored, BrokenOff, startProvisionedNats, type ProvisionedNats } from '@facet/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { recordOf } from '../images/image-record.projection';
import { ReplayedImageRepository } from '../images/replayed-image.repository';
import { recordOfTombstone, tombstoneOf } from '../images/tombstone.projection';
import { LogSearch } from './log-search';
import { PictureEvents } from './picture-events';
import { PurgeService } from './purge.service';

const AT = '2026-11-26T10:00:00.000Z';

describe('PurgeService', () => {
  const images = new ReplayedImageRepository();
  let nats: ProvisionedNats;
  let connection: NatsConnection;
  let publisher: EventPublisher;
  let jobs: JobStore;
  let receipts: Receipts;

  beforeAll(async () => {
    nats = await startProvisionedNats();
    ({ connection } = nats);
    publisher = new EventPublisher(jetstream(connection));
    [jobs, receipts] = [await JobStore.open(connection), await Receipts.open(connection)];
  }, 60_000);

  afterAll(() => nats.stop());

  const service = (life: BrokenOff): PurgeService =>
    new PurgeService(
      life.part(images),
      life.part(jobs),
      life.part(publisher),
      life.part(new PictureEvents(connection, new LogSearch(connection))),
      life.part(receipts),
    );

  /** A process that dies after so many steps, and another that takes over. @returns whether the first one died */
  const inTwoLives = async (after: number, work: (purge: PurgeService) => Promise<void>): Promise<boolean> => {
    const first = new BrokenOff(after);
    await work(service(first)).catch((error: unknown) => {
      if (!first.hasBroken) {
        throw error;
      }
    });
    await work(service(new BrokenOff(Infinity)));
    return first.hasBroken;
  };

  /** A picture with all that lies about of it. */
  const aDeletedPicture = async (): Promise<{ record: ImageRecord; event: ImageStored; sequences: number[]; letter: number }> => {
    const event = anImageStored();
    const stored = await publisher.publish('image.stored', event);
    const record = recordOf(event, stored);
    await images.insert(record);
    await jobs.create(aJobOf(event, { state: 'succeeded', result: record }));
    const deleted = await publisher.publish('image.deleted', anImageDeleted(event));
    await images.applyDeletion(event, AT, deleted);
    const letter = await jetstream(connection).publish(deadLetterSubject('image.changed'), JSON.stringify({ image_id: event.image_id }));
    return { record, event, sequences: [stored, deleted], letter: letter.seq };
  };

  const logged = async (stream: string, imageId: string): Promise<number[]> => {
    const found: number[] = [];
    for await (const message of readStream(jetstream(connection), { stream, since: new Date(0), headersOnly: false })) {
      if (message.string().includes(imageId)) {
        found.push(message.seq);
      }
    }
    return found;
  };

  it('plans the same, wherever it breaks off', async () => {
    for (let after = 0, broke = true; broke; after += 1) {
      const { record, event } = await aDeletedPicture();
      const purging = { ...anImageDeleted(event), purging_at: AT };
      const sequence = await publisher.publish('image.purging', purging);
      broke = await inTwoLives(after, (purge) => purge.plan(purging, sequence));
      expect(await images.findById(record.id)).toEqual({ ...record, deleted_at: AT, purged_at: AT, applied: expect.anything() as unknown });
      expect(await receipts.find(purgeReceiptId(record.id))).toMatchObject({ state: 'under_way', user_id: record.user_id });
      // the log knows a plan by its change, and takes it once
      const log = await logged(IMAGES_STREAM, record.id);
      expect(log.filter((position) => position > sequence)).toHaveLength(1);
    }
  });

  /** The last event of its purge, which has a receipt. */
  const thePurgeOf = async (record: ImageRecord, of_account?: true): Promise<{ purged: ImagePurged; sequence: number }> => {
    await receipts.begin({ id: purgeReceiptId(record.id), user_id: record.user_id, image_id: record.id, created_at: AT });
    const { deleted_at: _, ...change } = anImageDeleted(record);
    const purged: ImagePurged = { ...change, of_account, tombstone: tombstoneOf(record, AT) };
    return { purged, sequence: await publisher.publish('image.purged', purged) };
  };

  it('ends the same, with everything on the receipt, wherever it breaks off', async () => {
    for (let after = 0, broke = true; broke; after += 1) {
      const { record, sequences, letter } = await aDeletedPicture();
      const { purged, sequence } = await thePurgeOf(record);
      broke = await inTwoLives(after, (purge) => purge.forget(purged, sequence));
      expect(await images.findById(record.id)).toEqual(recordOfTombstone(purged.tombstone));
      expect(await jobs.find(record.id)).toBeNull();
      expect(await logged(IMAGES_STREAM, record.id)).toEqual([sequence]);
      expect(await logged(DEADLETTERS_STREAM, record.id)).toEqual([]);
      const destroyed = { assets: [], blobs: [], events: sequences, dead_letters: [letter] };
      expect(await receipts.find(purgeReceiptId(record.id))).toMatchObject({ state: 'done', destroyed });
    }
  });

  it('leaves the log to the end of the account, where the picture goes with that', async () => {
    const { record, event, sequences } = await aDeletedPicture();
    const purging = { ...anImageDeleted(event), of_account: true as const, purging_at: AT };
    await service(new BrokenOff(Infinity)).plan(purging, await publisher.publish('image.purging', purging));
    const [planned] = (await logged(IMAGES_STREAM, record.id)).slice(-1);
    const plan = await (await jetstreamManager(connection)).streams.getMessage(IMAGES_STREAM, { seq: planned ?? 0 });
    expect(plan?.json()).toMatchObject({ image_id: record.id, of_account: true });
    const { purged, sequence } = await thePurgeOf(record, true);
    await service(new BrokenOff(Infinity)).forget(purged, sequence);
    expect(await images.findById(record.id)).toEqual(recordOfTombstone(purged.tombstone));
    expect(await logged(IMAGES_STREAM, record.id)).toEqual(expect.arrayContaining(sequences));
    expect(await receipts.find(purgeReceiptId(record.id))).toMatchObject({ state: 'done', destroyed: { events: [], dead_letters: [] } });
  });
});
