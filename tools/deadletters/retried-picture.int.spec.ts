import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { DEADLETTERS_STREAM, type ImageRecord, type ImageStored } from '@facet/contracts';
import { attachTransports, EventPublisher, JobStore } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import { aJobOf, anImageStored, startProvisionedNats, waitFor, type ProvisionedNats } from '@facet/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { catalogConfigSchema } from '../../apps/catalog/src/catalog.config';
import { CatalogModule } from '../../apps/catalog/src/catalog.module';
import { ImageRepository } from '../../apps/catalog/src/images/image.repository';
import { ReplayedImageRepository } from '../../apps/catalog/src/images/replayed-image.repository';
import { CatalogReplay } from '../../apps/catalog/src/replay/catalog-replay';
import { deadLettersTool } from './dead-letters-tool';

/** A catalog that cannot enter any picture for a time. */
class FaultyRepository extends ReplayedImageRepository {
  isFaulty = false;

  override insert(record: ImageRecord): Promise<'inserted' | 'duplicate'> {
    return this.isFaulty ? Promise.reject(new FacetError('internal', 'The catalog could not do this.')) : super.insert(record);
  }
}

describe('a picture that the catalog has given up', () => {
  const images = new FaultyRepository();
  let nats: ProvisionedNats;
  let app: INestApplication;

  beforeAll(async () => {
    nats = await startProvisionedNats();
    const module = await Test.createTestingModule({
      imports: [await CatalogModule.forRoot(catalogConfigSchema.parse({ NATS_URL: nats.url }))],
    })
      .overrideProvider(ImageRepository)
      .useValue(images)
      .compile();
    app = module.createNestApplication(new FastifyAdapter(), { logger: false });
    const limits = { concurrency: 1, maxInFlight: 16, ackWaitMs: 20_000, handlerTimeoutMs: 5_000, deadlineMs: 60_000 };
    await attachTransports(app, { service: 'catalog', servers: nats.url, ...limits });
    await app.init();
  }, 60_000);

  afterAll(async () => {
    await app.close();
    await nats.stop();
  }, 20_000);

  const givenUp = async ({ image_id }: ImageStored): Promise<void> => {
    const [manager, jobs] = [await jetstreamManager(nats.connection), await JobStore.open(nats.connection)];
    const isGivenUp = async (): Promise<boolean> =>
      (await manager.streams.info(DEADLETTERS_STREAM)).state.messages === 1 &&
      ((await jobs.find(image_id))?.job.state ?? 'failed') === 'failed';
    await waitFor(isGivenUp, { what: 'the picture to be given up' });
  };
  const retryAll = () =>
    deadLettersTool({
      root: __dirname,
      args: ['retry', '--all', '--nats', nats.url],
      environment: {},
      say: () => undefined,
      complain: () => undefined,
    });

  it.each(['failed', 'gone by age'])(
    'is the same by retries of its letters as by a replay of the log, when its job is %s',
    async (job) => {
      const event = anImageStored();
      if (job === 'failed') {
        await (await JobStore.open(nats.connection)).create(aJobOf(event));
      }
      images.isFaulty = true;
      const first = await new EventPublisher(jetstream(nats.connection)).publish('image.stored', event);
      await givenUp(event);
      expect(await retryAll()).toBe(0);
      await givenUp(event);
      images.isFaulty = false;
      expect(await retryAll()).toBe(0);
      const entered = await waitFor(() => images.findById(event.image_id), { what: 'the picture in the catalog' });
      const replayed = new ReplayedImageRepository();
      await new CatalogReplay(nats.connection, replayed).run();
      expect(entered).toMatchObject({ ornament_id: first });
      expect(await replayed.findById(event.image_id)).toEqual(entered);
    },
    30_000,
  );
});
