import { connectNats, EventPublisher, JobStore, provisionNats } from '@facet/messaging';
import { aJobOf, anImageStored, startNats, type RunningNats } from '@facet/testing';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { ReplayedImageRepository } from '../images/replayed-image.repository';
import { CatalogingService } from './cataloging.service';

describe('CatalogingService', () => {
  let nats: RunningNats;
  let connection: NatsConnection;
  let jobs: JobStore;
  const images = new ReplayedImageRepository();

  beforeAll(async () => {
    nats = await startNats();
    connection = await connectNats(nats.url, 'test');
    await provisionNats(connection);
    jobs = await JobStore.open(connection);
  }, 60_000);

  afterAll(async () => {
    await connection.close();
    await nats.stop();
  });

  it('has a job succeed whose picture comes after somebody has given it up: the picture is there', async () => {
    const event = anImageStored();
    await jobs.create(aJobOf(event));
    const late = { stage: 'gateway', code: 'unavailable', message: 'This picture was not finished in time.', retryable: true } as const;
    await jobs.move(event.image_id, 'failed', { error: late });
    await new CatalogingService(images, jobs, new EventPublisher(jetstream(connection))).enter(event, 7);
    const record = await images.findById(event.image_id);
    expect(record).toMatchObject({ id: event.image_id, ornament_id: 7 });
    expect((await jobs.find(event.image_id))?.job).toMatchObject({ state: 'succeeded', error: null, result: record });
  });
});
