import { randomUUID } from 'node:crypto';
import { resultBlobName, type QueryRequest } from '@facet/contracts';
import { BlobStore, connectNats, Leases, provisionNats } from '@facet/messaging';
import { cloudinaryDoes, CloudinaryDouble, startNats, type RunningNats } from '@facet/testing';
import type { NatsConnection } from '@nats-io/transport-node';
import { ObjectId } from 'bson';
import { AssetReader } from '../assets/asset-reader';
import { aPicture } from '../assets/asset-store.contract';
import { CloudinaryStore } from '../assets/cloudinary-store';
import { LocalStore } from '../assets/local-store';
import { FetchingService } from './fetching.service';

/** Short, so that the tests see the lease of a dead replica run out. */
const LEASE_TTL_MS = 2_000;

let nats: RunningNats;
let double: CloudinaryDouble;
let cloudinary: CloudinaryStore;
let replicas: Replica[];

interface Replica {
  connection: NatsConnection;
  blobs: BlobStore;
  leases: Leases;
  local: LocalStore;
  fetching: FetchingService;
}

async function startReplica(name: string): Promise<Replica> {
  const connection = await connectNats(nats.url, name);
  await provisionNats(connection);
  const [blobs, leases, local] = [
    await BlobStore.open(connection),
    await Leases.open(connection, LEASE_TTL_MS),
    await LocalStore.open(connection),
  ];
  return { connection, blobs, leases, local, fetching: new FetchingService(blobs, new AssetReader(cloudinary, local), leases) };
}

beforeAll(async () => {
  nats = await startNats();
  double = await CloudinaryDouble.start();
  cloudinary = await CloudinaryStore.open(double.url, 'facet');
  replicas = [await startReplica('media-1'), await startReplica('media-2')];
}, 60_000);

beforeEach(() => {
  double.reset();
});

afterAll(async () => {
  await Promise.all(replicas.map(({ connection }) => connection.close()));
  await double.stop();
  await nats.stop();
});

/** A finished picture, kept at Cloudinary or in NATS, whose blob has gone. */
async function aParent(store: CloudinaryStore | LocalStore = cloudinary): Promise<QueryRequest<'media.fetch'>> {
  const [image_id, user_id] = [new ObjectId().toHexString(), randomUUID()];
  const { url, path } = await store.store({ userId: user_id, name: image_id, mime: 'image/png', bytes: await aPicture() });
  return { image_id, user_id, generated_image_url: url, generated_image_path: path };
}

const [one, other] = [(): Replica => replicas[0] as Replica, (): Replica => replicas[1] as Replica];
const deliveries = (): number => double.calls.filter(({ kind }) => kind === 'delivery').length;
const picture = { mime: 'image/png', width: 40, height: 30 };

describe('a parent whose blob is still there', () => {
  it('is not downloaded', async () => {
    const parent = await aParent();
    const blob = await one().blobs.putPicture(resultBlobName(parent.image_id), await aPicture('red'), { ...picture, mime: 'image/png' });
    expect(await other().fetching.fetch(parent)).toEqual(blob);
    expect(deliveries()).toBe(0);
  });
});

describe('a parent whose blob has gone', () => {
  it('is downloaded once, into the cache', async () => {
    const parent = await aParent();
    const blob = await one().fetching.fetch(parent);
    expect(blob).toMatchObject({ name: resultBlobName(parent.image_id), ...picture });
    expect((await one().blobs.getExisting(blob.name)).equals(await aPicture())).toBe(true);
    expect(await other().fetching.fetch(parent)).toEqual(blob);
    expect(deliveries()).toBe(1);
  });

  it('is downloaded once for many who ask two replicas at the same moment', async () => {
    const parent = await aParent();
    double.scriptDelivery(cloudinaryDoes.slow(300));
    const asked = Array.from({ length: 6 }, (_, n) => (n % 2 ? one() : other()).fetching.fetch(parent));
    const [first, ...rest] = await Promise.all(asked);
    expect(rest).toEqual(Array(5).fill(first));
    expect(deliveries()).toBe(1);
  });

  it('is tried by the next one when the first one fails', async () => {
    const parent = await aParent();
    double.scriptDelivery(cloudinaryDoes.serverError());
    const asked = await Promise.allSettled([one().fetching.fetch(parent), other().fetching.fetch(parent)]);
    expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(deliveries()).toBe(2);
  });

  it('is fetched by another one when a replica died over it', async () => {
    const parent = await aParent();
    await one().leases.acquire(`fetch.${parent.image_id}`);
    const began = Date.now();
    expect(await other().fetching.fetch(parent)).toMatchObject(picture);
    expect(Date.now() - began).toBeGreaterThan(LEASE_TTL_MS / 2);
    expect(Date.now() - began).toBeLessThan(LEASE_TTL_MS * 2);
    expect(deliveries()).toBe(1);
  });

  it('comes from NATS when it was stored before new ones went to Cloudinary', async () => {
    expect(await one().fetching.fetch(await aParent(one().local))).toMatchObject(picture);
    expect(double.calls).toHaveLength(0);
  });
});

describe('a parent that cannot be used', () => {
  it.each([
    ['is gone', 'is no longer in the store', cloudinaryDoes.notFound()],
    ['is no picture', 'cannot be used', cloudinaryDoes.notAnImage()],
  ])('fails for good when it %s, and leaves no blob', async (_name, message, behaviour) => {
    const parent = await aParent();
    double.scriptDelivery(behaviour);
    const failed = { code: 'storage_failed', retryable: false, message: expect.stringContaining(message) };
    await expect(one().fetching.fetch(parent)).rejects.toMatchObject(failed);
    expect(await one().blobs.findPicture(resultBlobName(parent.image_id))).toBeNull();
    // its lease was given back
    expect(await other().fetching.fetch(parent)).toMatchObject(picture);
  });
});
