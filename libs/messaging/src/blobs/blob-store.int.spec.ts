import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { BLOBS_BUCKET } from '@facet/contracts';
import { startProvisionedNats, type ProvisionedNats } from '@facet/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import { Objm } from '@nats-io/obj';
import { connectNats } from '../connection/nats-connector';
import { BlobStore } from './blob-store';

const facts = { mime: 'image/jpeg', width: 1200, height: 1600 } as const;
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('BlobStore', () => {
  let nats: ProvisionedNats;
  let store: BlobStore;

  /** What the bucket holds of live objects' chunks; those of deleted objects must be gone. */
  const chunks = async (): Promise<number> => {
    const manager = await jetstreamManager(nats.connection);
    const { state } = await manager.streams.info(`OBJ_${BLOBS_BUCKET}`, { subjects_filter: `$O.${BLOBS_BUCKET}.C.>` });
    return Object.values(state.subjects ?? {}).reduce((sum, count) => sum + count, 0);
  };

  beforeAll(async () => {
    nats = await startProvisionedNats();
    store = await BlobStore.open(nats.connection);
  }, 60_000);

  afterAll(() => nats.stop());

  it('keeps a stream of many chunks to the byte', async () => {
    const bytes = randomBytes(3_000_001);
    const pieces = Array.from({ length: 47 }, (_, n) => bytes.subarray(n * 64_000, (n + 1) * 64_000));
    const raw = await store.putStream('long', Readable.from(pieces));
    expect(raw).toEqual({ name: 'long', bytes: bytes.length, sha256: sha256(bytes) });
    expect(bytes.equals((await store.get('long')) ?? Buffer.alloc(0))).toBe(true);
    expect(await chunks()).toBeGreaterThan(10);
  });

  it('keeps a stream without a single byte', async () => {
    expect(await store.putStream('empty', Readable.from([]))).toMatchObject({ bytes: 0 });
    expect(await store.get('empty')).toEqual(Buffer.alloc(0));
  });

  it('leaves nothing of a stream that fails, and what lay under the name before stays', async () => {
    const before = await chunks();
    await store.putStream('kept', Readable.from([Buffer.from('the earlier one')]));
    const kept = await chunks();
    for (const name of ['broken', 'kept']) {
      const breaking = Readable.from(
        (function* () {
          yield randomBytes(300_000);
          yield randomBytes(300_000);
          throw new Error('the client went away');
        })(),
      );
      await expect(store.putStream(name, breaking)).rejects.toThrow('the client went away');
      expect(await chunks()).toBe(kept);
    }
    expect(kept).toBe(before + 1);
    expect(await store.get('broken')).toBeNull();
    expect((await store.get('kept'))?.toString()).toBe('the earlier one');
  });

  it('keeps a picture with its facts and what is attached to it', async () => {
    const bytes = randomBytes(2_100_000);
    const attachment = { model: 'sandbox-1', notes: ['Größe: 17 mm'] };
    const blob = await store.putPicture('picture', bytes, facts, attachment);
    expect(blob).toEqual({ name: 'picture', bytes: bytes.length, sha256: sha256(bytes), ...facts });
    expect(await store.findPicture('picture')).toEqual(blob);
    expect(await store.findPictureWithAttachment('picture')).toEqual({ blob, attachment });
    expect(bytes.equals(await store.getExisting('picture'))).toBe(true);
  });

  it('replaces a picture of the same name, attachment and all', async () => {
    await store.putPicture('replaced', randomBytes(1_000), facts, { attempt: 1 });
    const newer = randomBytes(2_000);
    const blob = await store.putPicture('replaced', newer, { ...facts, mime: 'image/png' });
    expect(await store.findPictureWithAttachment('replaced')).toEqual({ blob, attachment: null });
    expect(newer.equals(await store.getExisting('replaced'))).toBe(true);
  });

  it('has nothing where nothing was put', async () => {
    expect(await store.get('missing')).toBeNull();
    expect(await store.findPicture('missing')).toBeNull();
    expect(await store.findPictureWithAttachment('missing')).toBeNull();
    await expect(store.getExisting('missing')).rejects.toMatchObject({ code: 'internal', retryable: false });
  });

  it('deletes, and does not mind what is not there', async () => {
    const before = await chunks();
    await store.putPicture('deleted', randomBytes(1_000), facts);
    await store.delete('deleted');
    await store.delete('deleted');
    await store.delete('never there');
    expect(await store.get('deleted')).toBeNull();
    expect(await store.findPicture('deleted')).toBeNull();
    expect(await chunks()).toBe(before);
    await store.putPicture('deleted', randomBytes(1_000), facts);
    expect(await store.findPicture('deleted')).toMatchObject(facts);
  });

  it('has nothing of which the facts alone were kept, until it is put again', async () => {
    await store.putPicture('torn', randomBytes(1_000), facts);
    const manager = await jetstreamManager(nats.connection);
    const { nuid } = (await (await new Objm(nats.connection).open(BLOBS_BUCKET)).info('torn')) ?? {};
    await manager.streams.purge(`OBJ_${BLOBS_BUCKET}`, { filter: `$O.${BLOBS_BUCKET}.C.${nuid ?? ''}` });
    expect(await store.findPicture('torn')).toBeNull();
    await expect(store.getExisting('torn')).rejects.toMatchObject({ code: 'internal', retryable: false });
    const bytes = randomBytes(1_000);
    const blob = await store.putPicture('torn', bytes, facts);
    expect(await store.findPicture('torn')).toEqual(blob);
    expect(bytes.equals(await store.getExisting('torn'))).toBe(true);
  });

  it('says that it cannot be reached, and that trying again may help', async () => {
    const other = await connectNats(nats.url, 'test that goes');
    const away = await BlobStore.open(other);
    await other.close();
    await expect(away.get('picture')).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  });
});
