import { IMAGES_STREAM, ImageGenerated, resultBlobName, type BlobRef, type Job } from '@facet/contracts';
import { BlobStore, EventPublisher, JobStore } from '@facet/messaging';
import {
  aJobOf,
  anImageStored,
  cloudinaryDoes,
  CloudinaryDouble,
  startProvisionedNats,
  waitFor,
  type ProvisionedNats,
} from '@facet/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { ObjectId } from 'bson';
import { aPicture } from '../assets/asset-store.contract';
import { CloudinaryStore } from '../assets/cloudinary-store';
import { StoringService } from './storing.service';

let nats: ProvisionedNats;
let double: CloudinaryDouble;
let blobs: BlobStore;
let jobs: JobStore;
let storing: StoringService;

beforeAll(async () => {
  nats = await startProvisionedNats();
  double = await CloudinaryDouble.start();
  const cloudinary = await CloudinaryStore.open(double.url, 'facet');
  [blobs, jobs] = [await BlobStore.open(nats.connection), await JobStore.open(nats.connection)];
  storing = new StoringService(blobs, cloudinary, jobs, new EventPublisher(jetstream(nats.connection)));
}, 60_000);

beforeEach(() => {
  double.reset();
});

afterAll(async () => {
  await double.stop();
  await nats.stop();
});

const putPicture = async (name: string): Promise<BlobRef> =>
  blobs.putPicture(name, await aPicture(), { mime: 'image/png', width: 40, height: 30 });

/** A picture that was just generated from two ornaments on a background, with its job and its blobs. */
async function aGenerated(partial: Partial<ImageGenerated> = {}): Promise<ImageGenerated> {
  const image_id = new ObjectId().toHexString();
  const roles = partial.parent ? [] : (['ornament', 'ornament', 'background'] as const);
  const inputs = await Promise.all(roles.map(async (role, n) => ({ role, blob: await putPicture(`${image_id}/input-x-${n}`) })));
  const result = await putPicture(resultBlobName(image_id));
  const event = ImageGenerated.parse(anImageStored({ image_id, user_id: 'anna', inputs, result, ...partial }));
  await jobs.create(aJobOf(event, { state: 'generating' }));
  return event;
}

const namesOf = ({ image_id }: ImageGenerated, ...suffixes: string[]): string[] =>
  suffixes.map((suffix) => `facet/anna/${image_id}${suffix}`);
const OWN = ['', '-ornament-0', '-ornament-1', '-background-0'];
const kept = (): string[] => [...double.assets.keys()].sort();

async function published(event: ImageGenerated): Promise<unknown> {
  const log = (await jetstreamManager(nats.connection)).streams;
  const last = await log.getMessage(IMAGES_STREAM, { last_by_subj: 'image.stored' }).catch(() => null);
  const stored = last?.json<{ image_id: string }>();
  return stored?.image_id === event.image_id ? stored : null;
}

const endAs = (event: ImageGenerated, stage: 'gateway' | 'media' | 'catalog'): Promise<boolean> =>
  jobs.move(event.image_id, 'failed', {
    error: { stage, code: 'storage_failed', message: 'given up', retryable: true },
  } satisfies Partial<Job>);

async function reopened({ image_id }: ImageGenerated): Promise<boolean | null> {
  const known = await jobs.find(image_id);
  return known && jobs.reopen(known);
}

/** An attempt that puts all but one into the store. */
async function storeInPart(event: ImageGenerated): Promise<void> {
  double.script(cloudinaryDoes.serverError());
  await expect(storing.store(event)).rejects.toMatchObject({ retryable: true });
  expect(kept()).toHaveLength(OWN.length - 1);
}

/** An attempt that goes on while something happens to its job. */
async function storingWhile(event: ImageGenerated, happens: () => Promise<unknown>): Promise<{ late: Promise<void> }> {
  double.script(cloudinaryDoes.slow(300));
  const late = storing.store(event);
  await waitFor(() => double.calls.length === OWN.length, { what: 'all uploads to be on their way' });
  await happens();
  return { late };
}

describe('storing', () => {
  it('puts uploads and result side by side, and says where they are', async () => {
    const event = await aGenerated();
    await storing.store(event);
    expect(kept()).toEqual(namesOf(event, ...OWN).sort());
    expect(await published(event)).toMatchObject({
      generated_image_path: `facet/anna/${event.image_id}`,
      generated_image_url: expect.stringContaining(`/facet/anna/${event.image_id}.png`),
      assets: [
        { role: 'ornament', path: `facet/anna/${event.image_id}-ornament-0` },
        { role: 'ornament', path: `facet/anna/${event.image_id}-ornament-1` },
        { role: 'background', path: `facet/anna/${event.image_id}-background-0` },
      ],
    });
  });

  it('is one set of assets however often it is done', async () => {
    const event = await aGenerated();
    double.script(cloudinaryDoes.answerLost(), cloudinaryDoes.serverError());
    await expect(storing.store(event)).rejects.toMatchObject({ code: 'storage_failed', retryable: true });
    expect(await published(event)).toBeNull();
    await storing.store(event);
    await storing.store(event);
    expect(kept()).toEqual(namesOf(event, ...OWN).sort());
  });

  it('stores the result alone of a regeneration, with the uploads of its chain', async () => {
    const { assets, generated_image_url, generated_image_path, image_id: root_image_id } = anImageStored();
    const parent = { image_id: root_image_id, root_image_id, depth: 0, generated_image_url, generated_image_path, assets };
    const event = await aGenerated({ parent });
    await storing.store(event);
    expect(kept()).toEqual(namesOf(event, ''));
    expect(await published(event)).toMatchObject({ assets });
    const another = await aGenerated({ parent });
    await endAs(another, 'media');
    await storing.discard(another);
    expect(double.calls.filter(({ kind }) => kind === 'destroy')).toMatchObject([{ publicId: `facet/anna/${another.image_id}` }]);
  });
});

describe('a job that is given up', () => {
  it('leaves nothing at the store, whatever was there already', async () => {
    const event = await aGenerated();
    await storeInPart(event);
    await storing.discard(event);
    expect(kept()).toEqual([]);
    await storing.discard(event);
    expect(kept()).toEqual([]);
  });

  it('says so when something is still there, and may be tried again', async () => {
    const event = await aGenerated();
    const { late } = await storingWhile(event, () => endAs(event, 'media'));
    double.script(cloudinaryDoes.serverError());
    await expect(late).rejects.toMatchObject({ code: 'storage_failed', retryable: true });
    expect(kept()).toHaveLength(1);
    await storing.discard(event);
    expect(kept()).toEqual([]);
  });

  it('leaves nothing when an attempt at it goes on behind its back', async () => {
    const event = await aGenerated();
    const { late } = await storingWhile(event, () => endAs(event, 'media'));
    await storing.discard(event);
    await late;
    expect(kept()).toEqual([]);
    expect(await published(event)).toBeNull();
  });

  it('leaves nothing when it is delivered once more', async () => {
    const event = await aGenerated();
    await storeInPart(event);
    await endAs(event, 'media');
    await storing.store(event);
    expect(kept()).toEqual([]);
  });

  it('is not begun anew while what it has stored is taken away, as the next attempt stores the same names', async () => {
    const event = await aGenerated();
    await storeInPart(event);
    await endAs(event, 'media');
    double.script(cloudinaryDoes.slow(300));
    const discarding = storing.discard(event);
    await waitFor(() => double.calls.some(({ kind }) => kind === 'destroy'), { what: 'the removal to begin' });
    await expect(reopened(event)).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    await discarding;
    expect(await reopened(event)).toBe(true);
    await storing.store({ ...event, reopened: 1 });
    expect(kept()).toHaveLength(OWN.length);
  });

  it('is not begun anew for a while where the store may still be taking something away', async () => {
    const event = await aGenerated();
    await storeInPart(event);
    await endAs(event, 'media');
    double.script(cloudinaryDoes.dropped());
    await expect(storing.discard(event)).rejects.toMatchObject({ code: 'storage_failed' });
    await expect(reopened(event)).rejects.toMatchObject({ code: 'unavailable', retryable: true, details: { retry_after_seconds: 5 } });
    const until = (await jobs.find(event.image_id))?.job.held_until;
    // also when another try at it ends before that
    await storing.discard(event);
    await expect(reopened(event)).rejects.toMatchObject({ code: 'unavailable' });
    expect((await jobs.find(event.image_id))?.job.held_until).toBe(until);
  });

  it('may be begun anew at once where the store has refused to remove it', async () => {
    const event = await aGenerated();
    await storeInPart(event);
    await endAs(event, 'media');
    double.script(cloudinaryDoes.serverError());
    await expect(storing.discard(event)).rejects.toMatchObject({ code: 'storage_failed' });
    expect(await reopened(event)).toBe(true);
  });

  it('is not handed over by an attempt from before it was begun anew, whose assets are gone by then', async () => {
    const event = await aGenerated();
    const { late } = await storingWhile(event, async () => {
      await endAs(event, 'media');
      await storing.discard(event);
      expect(await reopened(event)).toBe(true);
    });
    await late;
    expect(await published(event)).toBeNull();
    expect(await jobs.find(event.image_id)).toMatchObject({ job: { state: 'queued', stored: false, reopened: 1 } });
  });

  it('leaves to the attempt that is under way what it has stored, when one from before is given up', async () => {
    const event = await aGenerated();
    await endAs(event, 'gateway');
    expect(await reopened(event)).toBe(true);
    await storeInPart({ ...event, reopened: 1 });
    await storing.discard(event);
    expect(kept()).toHaveLength(OWN.length - 1);
    await endAs(event, 'media');
    await storing.discard({ ...event, reopened: 1 });
    expect(kept()).toEqual([]);
  });
});

describe('a job whose picture is on its way to the catalog, or there', () => {
  it.each([
    ['being cataloged', (event: ImageGenerated) => jobs.move(event.image_id, 'cataloging')],
    ['succeeded', (event: ImageGenerated) => jobs.move(event.image_id, 'succeeded')],
    ['given up by the catalog', (event: ImageGenerated) => endAs(event, 'catalog')],
    ['ended past its deadline, while the catalog is away', (event: ImageGenerated) => endAs(event, 'gateway')],
    ['given up by a later delivery', (event: ImageGenerated) => endAs(event, 'media')],
  ])('keeps its assets: %s', async (_name, move) => {
    const event = await aGenerated();
    await storing.store(event);
    await move(event);
    await storing.discard(event);
    await storing.store(event);
    expect(kept()).toEqual(namesOf(event, ...OWN).sort());
  });

  it('keeps them when nobody knows the job any more', async () => {
    const event = { ...(await aGenerated()), image_id: new ObjectId().toHexString() };
    await storing.store(event);
    await storing.discard(event);
    expect(kept()).toEqual(namesOf(event, ...OWN).sort());
  });
});
