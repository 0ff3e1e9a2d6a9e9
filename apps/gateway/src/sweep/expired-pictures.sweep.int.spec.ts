import { Test } from '@nestjs/testing';
import { ExpiredQuery, IMAGES_STREAM, ImagePurging, type ExpiredImage } from '@facet/contracts';
import { MessagingModule, readStream } from '@facet/messaging';
import { ServiceModule } from '@facet/service';
import { anImageRecord, answerQuery, startProvisionedNats, waitFor, type ProvisionedNats } from '@facet/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { INestApplicationContext } from '@nestjs/common';
import { ExpiredPictures } from './expired-pictures';
import { RetentionSweepSettings } from './expired-pictures.sweep';
import { SweepModule } from './sweep.module';

const [DAY_MS, RETENTION_DAYS] = [86_400_000, 7];

/** A round that does not come by itself. */
const BY_HAND_MS = 3_600_000;

let nats: ProvisionedNats;
let gateways: INestApplicationContext[];

/** What the catalog holds, and what it was asked. */
let deleted: ExpiredImage[];
let asked: ExpiredQuery[];

/** The catalog's side of the query. */
function expiredAfter(data: unknown): { images: ExpiredImage[] } {
  const query = ExpiredQuery.parse(data);
  asked.push(query);
  const { after, limit } = query;
  const behind = after ? deleted.findIndex((image) => image.id === after.id) + 1 : 0;
  return { images: deleted.slice(behind, behind + limit) };
}

async function aGateway(everyMs = BY_HAND_MS): Promise<INestApplicationContext> {
  const module = await Test.createTestingModule({
    imports: [
      ServiceModule,
      MessagingModule.forRoot({ service: 'gateway', servers: nats.url }),
      SweepModule.forRoot({
        SWEEP_SECONDS: 3_600,
        JOB_DEADLINE_SECONDS: 600,
        RETENTION_SWEEP_SECONDS: 3_600,
        DELETED_RETENTION_DAYS: RETENTION_DAYS,
      }),
    ],
  })
    .overrideProvider(RetentionSweepSettings)
    .useValue(new RetentionSweepSettings(everyMs))
    .compile();
  const gateway = await module.init();
  gateways.push(gateway);
  return gateway;
}

const sweep = (gateway: INestApplicationContext): Promise<number> => gateway.get(ExpiredPictures).sweep(new AbortController().signal);

const anExpired = (deletion: number): ExpiredImage => {
  const { id, user_id } = anImageRecord();
  return { id, user_id, deletion, deleted_at: new Date(Date.UTC(2026, 0, 1, 0, 0, deletion)).toISOString() };
};

async function purgings(): Promise<ImagePurging[]> {
  const events: ImagePurging[] = [];
  for await (const message of readStream(jetstream(nats.connection), { stream: IMAGES_STREAM, from: 1, subject: 'image.purging' })) {
    events.push(ImagePurging.parse(message.json()));
  }
  return events;
}

beforeAll(async () => {
  nats = await startProvisionedNats();
  void answerQuery(nats.connection, 'catalog.image.expired', (data) => ({ response: expiredAfter(data) }));
}, 60_000);

beforeEach(async () => {
  [gateways, deleted, asked] = [[], [], []];
  await (await jetstreamManager(nats.connection)).streams.purge(IMAGES_STREAM);
});

afterEach(async () => {
  await Promise.all(gateways.map((gateway) => gateway.close()));
});

afterAll(() => nats.stop());

describe('a deleted picture whose time is over', () => {
  it('is purged with the deletion that is meant; what may still be restored by some clock is not asked for', async () => {
    const picture = anExpired(41);
    deleted = [picture];
    const before = Date.now();
    expect(await sweep(await aGateway())).toBe(1);
    const { id: image_id, user_id, deletion } = picture;
    expect(await purgings()).toMatchObject([{ image_id, user_id, deletion, change_id: `purge-${image_id}-41` }]);
    const [query] = asked;
    const age = before - Date.parse(query?.deleted_before ?? '');
    // an hour for clocks that differ, less the time that it took to ask
    expect(age).toBeLessThanOrEqual(RETENTION_DAYS * DAY_MS + 3_600_000);
    expect(age).toBeGreaterThan(RETENTION_DAYS * DAY_MS);
  });

  it('is purged once by two gateways, also where one was found again before it was marked', async () => {
    deleted = [anExpired(1), anExpired(2)];
    const [first, second] = [await aGateway(), await aGateway()];
    await Promise.all([sweep(first), sweep(second)]);
    await sweep(first);
    expect((await purgings()).map(({ image_id }) => image_id)).toHaveLength(2);
  });

  it('is asked for in parts, however many there are', async () => {
    deleted = Array.from({ length: 205 }, (_, n) => anExpired(n + 1));
    expect(await sweep(await aGateway())).toBe(205);
    expect((await purgings()).map(({ image_id }) => image_id).sort()).toEqual(deleted.map(({ id }) => id).sort());
    expect(asked.map(({ after }) => after?.id)).toEqual([undefined, deleted[99]?.id, deleted[199]?.id]);
  });
});

it('takes place by itself', async () => {
  await aGateway(50);
  deleted = [anExpired(7)];
  await waitFor(async () => (await purgings()).length === 1, { what: 'the purge' });
});
