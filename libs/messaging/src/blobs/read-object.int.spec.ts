import { randomBytes } from 'node:crypto';
import { BLOBS_BUCKET } from '@facet/contracts';
import { startProvisionedNats, type ProvisionedNats } from '@facet/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import { Objm, type ObjectInfo, type ObjectStore } from '@nats-io/obj';
import { ObjectGoneError, objectPieces, readObject } from './read-object';

describe('reading an object', () => {
  let nats: ProvisionedNats;
  let store: ObjectStore;

  const put = async (name: string, bytes: Buffer): Promise<ObjectInfo> =>
    store.putBlob({ name, options: { max_chunk_size: 1_000 } }, bytes);

  beforeAll(async () => {
    nats = await startProvisionedNats();
    store = await new Objm(nats.connection).open(BLOBS_BUCKET);
  }, 60_000);

  afterAll(() => nats.stop());

  it('gives the pieces as they were stored, also where those of others lie between, and leaves no consumer behind', async () => {
    const [one, other] = [randomBytes(20_500), randomBytes(20_500)];
    const [first, second] = await Promise.all([put('one', one), put('other', other)]);
    const pieces: number[] = [];
    for await (const piece of objectPieces(nats.connection, first)) {
      pieces.push(piece.length);
    }
    expect(pieces).toEqual([...Array<number>(20).fill(1_000), 500]);
    expect((await readObject(nats.connection, first)).equals(one)).toBe(true);
    expect((await readObject(nats.connection, second)).equals(other)).toBe(true);
    const { state } = await (await jetstreamManager(nats.connection)).streams.info(`OBJ_${BLOBS_BUCKET}`);
    expect(state.consumer_count).toBe(0);
  });

  it.each<[string, (name: string) => Promise<unknown>]>([
    ['replaced', (name) => put(name, randomBytes(3_000))],
    ['deleted', (name) => store.delete(name)],
  ])('says that it was %s meanwhile', async (name, change) => {
    const pieces = objectPieces(nats.connection, await put(name, randomBytes(5_000)));
    expect((await pieces.next()).value).toHaveLength(1_000);
    await change(name);
    await expect(pieces.next()).rejects.toThrow(ObjectGoneError);
  });

  it('takes no bytes for it that are not what was stored', async () => {
    const info = await put('mine', randomBytes(5_000));
    const { digest } = await put('not mine', randomBytes(5_000));
    await expect(readObject(nats.connection, Object.create(info, { digest: { value: digest } }) as ObjectInfo)).rejects.toThrow(
      'its digest is another',
    );
  });
});
