import { EventPublisher, JobStore } from '@facet/messaging';
import { aJobOf, anImageStored, startProvisionedNats, type ProvisionedNats } from '@facet/testing';
import { jetstream } from '@nats-io/jetstream';
import { ReplayedImageRepository } from '../images/replayed-image.repository';
import { CatalogingService } from './cataloging.service';

describe('CatalogingService', () => {
  let nats: ProvisionedNats;
  let jobs: JobStore;
  const images = new ReplayedImageRepository();

  beforeAll(async () => {
    nats = await startProvisionedNats();
    jobs = await JobStore.open(nats.connection);
  }, 60_000);

  afterAll(() => nats.stop());

  it('has a job succeed whose picture comes after somebody has given it up: the picture is there', async () => {
    const event = anImageStored();
    await jobs.create(aJobOf(event));
    const late = { stage: 'gateway', code: 'unavailable', message: 'This picture was not finished in time.', retryable: true } as const;
    await jobs.move(event.image_id, 'failed', { error: late });
    await new CatalogingService(images, jobs, new EventPublisher(jetstream(nats.connection))).enter(event, 7);
    const record = await images.findById(event.image_id);
    expect(record).toMatchObject({ id: event.image_id, ornament_id: 7 });
    expect((await jobs.find(event.image_id))?.job).toMatchObject({ state: 'succeeded', error: null, result: record });
  });
});
