import { IMAGES_STREAM, type ImageStored } from '@facet/contracts';
import { DeadLetters, EventPublisher, JobStore, readStream } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import { aJobOf, anImageStored, startProvisionedNats, type ProvisionedNats } from '@facet/testing';
import { jetstream } from '@nats-io/jetstream';
import { ReplayedImageRepository } from '../images/replayed-image.repository';
import { CatalogReplay } from '../replay/catalog-replay';
import { CatalogingService } from './cataloging.service';
import { GivenUpPictures } from './given-up-pictures';

describe('CatalogingService', () => {
  let nats: ProvisionedNats;
  let jobs: JobStore;
  const images = new ReplayedImageRepository();

  beforeAll(async () => {
    nats = await startProvisionedNats();
    jobs = await JobStore.open(nats.connection);
  }, 60_000);

  afterAll(() => nats.stop());

  const cataloging = (): CatalogingService =>
    new CatalogingService(images, jobs, new EventPublisher(jetstream(nats.connection)), new GivenUpPictures(nats.connection));

  /** Puts a picture's event on the log, and among the dead letters as one that the catalog gave up. */
  const givenUp = async (event: ImageStored): Promise<void> => {
    const log = jetstream(nats.connection);
    const from = await new EventPublisher(log).publish('image.stored', event);
    for await (const message of readStream(log, { stream: IMAGES_STREAM, from, until: from })) {
      await new DeadLetters(log, 'catalog').keep(message.subject, message, new FacetError('unavailable', 'The database is away.'));
    }
  };

  it('has a job succeed whose picture comes after somebody has given it up: the picture is there', async () => {
    const event = anImageStored();
    await jobs.create(aJobOf(event));
    const late = { stage: 'gateway', code: 'unavailable', message: 'This picture was not finished in time.', retryable: true } as const;
    await jobs.move(event.image_id, 'failed', { error: late });
    await cataloging().enter(event, 7);
    const record = await images.findById(event.image_id);
    expect(record).toMatchObject({ id: event.image_id, ornament_id: 7 });
    expect((await jobs.find(event.image_id))?.job).toMatchObject({ state: 'succeeded', error: null, result: record });
  });

  it('enters what a repeat stores as a replay does: by the first event, which was given up', async () => {
    const first = anImageStored();
    const repeat = { ...first, request_id: 'request-2', requested_at: '2026-11-23T10:05:00.000Z', reopened: 1 };
    await jobs.create(aJobOf(first));
    await givenUp(anImageStored());
    await givenUp(first);
    const sequence = await new EventPublisher(jetstream(nats.connection)).publish('image.stored', repeat);
    await cataloging().enter(repeat, sequence);
    const replayed = new ReplayedImageRepository();
    await new CatalogReplay(nats.connection, replayed).run();
    expect((await images.findById(first.image_id))?.ornament_id).toBeLessThan(sequence);
    expect(await images.findById(first.image_id)).toEqual(await replayed.findById(first.image_id));
  });

  it('enters a repeat by itself when no earlier event was given up', async () => {
    const repeat = anImageStored({ reopened: 1 });
    await jobs.create(aJobOf(repeat));
    await cataloging().enter(repeat, 9_000);
    expect(await images.findById(repeat.image_id)).toMatchObject({ ornament_id: 9_000 });
  });
});
