import { Test } from '@nestjs/testing';
import {
  IMAGES_STREAM,
  ImageFailed,
  JOBS_BUCKET,
  JOBS_BUCKET_STREAM,
  LEASES_BUCKET,
  SWEEPS_BUCKET,
  type Job,
  type JobState,
} from '@facet/contracts';
import { EventPublisher, JobStore, Leases, MessagingModule, NATS_CONNECTION } from '@facet/messaging';
import { Metrics } from '@facet/platform';
import { ServiceModule } from '@facet/service';
import { aJob, aJobOf, anImageRecord, anImageStored, startProvisionedNats, waitFor, type ProvisionedNats } from '@facet/testing';
import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { Kvm, type KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import type { INestApplicationContext } from '@nestjs/common';
import pLimit from 'p-limit';
import { StuckJobs } from './stuck-jobs';
import { StuckJobsSweep } from './stuck-jobs.sweep';
import { SweepMemory } from './sweep-memory';
import { SweepModule } from './sweep.module';
import { SweepSettings } from './sweep-settings';

/** Short, so that the tests see a job pass its deadline, a service stay away, and a lease run out that was lost with NATS. */
const [OVERDUE_MS, ABSENT_MS, LEASE_MS] = [300, 1_500, 5_000];

/** A round that does not come by itself. */
const BY_HAND_MS = 3_600_000;

const SUBJECTS = { generation: 'image.requested', media: 'image.generated', catalog: 'image.stored' } as const;
type Consumer = keyof typeof SUBJECTS;

let nats: ProvisionedNats;
let connection: NatsConnection;
let manager: JetStreamManager;
let jobs: JobStore;
let bucket: KV;
let publisher: EventPublisher;
let gateways: INestApplicationContext[];

async function aGateway(everyMs = BY_HAND_MS, absentMs = ABSENT_MS): Promise<INestApplicationContext> {
  const module = await Test.createTestingModule({
    imports: [
      ServiceModule,
      MessagingModule.forRoot({ service: 'gateway', servers: nats.url }),
      SweepModule.forRoot({ SWEEP_SECONDS: 30, JOB_DEADLINE_SECONDS: 600, RETENTION_SWEEP_SECONDS: 3_600, DELETED_RETENTION_DAYS: 7 }),
    ],
  })
    .overrideProvider(SweepSettings)
    .useValue(new SweepSettings(everyMs, OVERDUE_MS, absentMs))
    .overrideProvider(Leases)
    .useFactory({ factory: (own: NatsConnection) => Leases.open(own, LEASE_MS), inject: [NATS_CONNECTION] })
    .compile();
  const gateway = await module.init();
  gateways.push(gateway);
  return gateway;
}

const sweep = (gateway: INestApplicationContext) => gateway.get(StuckJobs).sweep(new AbortController().signal);
const stateOf = async ({ id }: Job): Promise<JobState | undefined> => (await jobs.find(id))?.job.state;

/** Sweeps, with something else happening between the rounds, until a job has ended. */
async function sweepUntilEnded(gateway: INestApplicationContext, job: Job, between: () => Promise<void> = () => Promise.resolve()) {
  const ended = async (): Promise<boolean> => {
    await between();
    await sweep(gateway);
    return (await stateOf(job)) === 'failed';
  };
  await waitFor(ended, { what: 'the job to be ended', intervalMs: 50 });
}

/** A job with its event on the log. */
async function aPublishedJob(subject: (typeof SUBJECTS)[Consumer], state: JobState = 'queued'): Promise<Job> {
  const event = anImageStored();
  const job = aJobOf(event, { state });
  await jobs.create(job);
  await publisher.publish(subject, event);
  return job;
}

async function aJobWithoutEvent(partial: Partial<Job> = {}): Promise<Job> {
  const job = aJob(partial);
  await jobs.create(job);
  return job;
}

/** A service takes its next event, and acknowledges it unless it dies over it. */
async function take(service: Consumer, { dies = false } = {}): Promise<void> {
  const consumer = await jetstream(connection).consumers.get(IMAGES_STREAM, service);
  const message = await consumer.next({ expires: 1_000 });
  if (!dies) {
    await message?.ackAck();
  }
}

const failedEvents = async (): Promise<number> => {
  const info = await manager.streams.info(IMAGES_STREAM, { subjects_filter: 'image.failed' });
  return info.state.subjects?.['image.failed'] ?? 0;
};
const endedBy = async (gateway: INestApplicationContext): Promise<number> => {
  const metric = gateway.get(Metrics).registry.getSingleMetric('facet_jobs_swept_total');
  return (await metric?.get())?.values[0]?.value ?? 0;
};

beforeAll(async () => {
  nats = await startProvisionedNats();
  ({ connection } = nats);
  manager = await jetstreamManager(connection);
  jobs = await JobStore.open(connection);
  publisher = new EventPublisher(jetstream(connection));
  bucket = await new Kvm(connection).open(JOBS_BUCKET);
}, 60_000);

beforeEach(async () => {
  gateways = [];
  await new Kvm(connection).create(SWEEPS_BUCKET).then((sweeps) => sweeps.destroy());
  // a gateway that was stopped in the middle of a round may have left its lease
  await manager.streams.purge(`KV_${LEASES_BUCKET}`).catch(() => undefined);
  await manager.streams.purge(JOBS_BUCKET_STREAM);
  await manager.streams.purge(IMAGES_STREAM);
  for (const [service, filter_subject] of Object.entries(SUBJECTS)) {
    await manager.consumers.delete(IMAGES_STREAM, service).catch(() => false);
    const settings = { durable_name: service, filter_subject, ack_policy: AckPolicy.Explicit, deliver_policy: DeliverPolicy.All };
    await manager.consumers.add(IMAGES_STREAM, settings);
  }
});

afterEach(async () => {
  await Promise.all(gateways.map((gateway) => gateway.close()));
});

afterAll(() => nats.stop());

describe('a job that nobody works on', () => {
  it('is ended past its deadline, and not before, when its event was never published', async () => {
    // a service that is taken for absent plays no part in it
    const gateway = await aGateway(BY_HAND_MS, 600_000);
    const began = Date.now();
    const job = await aJobWithoutEvent();
    await sweepUntilEnded(gateway, job);
    expect(Date.now() - began).toBeGreaterThanOrEqual(OVERDUE_MS);
    const error = { stage: 'gateway', code: 'unavailable', retryable: true };
    expect((await jobs.find(job.id))?.job).toMatchObject({ state: 'failed', error });
    const event = await manager.streams.getMessage(IMAGES_STREAM, { last_by_subj: 'image.failed' });
    expect(ImageFailed.parse(event?.json())).toMatchObject({ image_id: job.id, user_id: job.user_id, stage: 'gateway', refused: false });
    expect(await endedBy(gateway)).toBe(1);
  });

  it.each(['generating', 'storing', 'cataloging'] as const)('is ended when it is %s and its event is lost', async (state) => {
    const gateway = await aGateway();
    await sweepUntilEnded(gateway, await aJobWithoutEvent({ state }));
  });

  it('is ended when its event was acknowledged, and nothing came of it, however much others have to do', async () => {
    const gateway = await aGateway();
    const job = await aPublishedJob('image.requested');
    const behind = await aPublishedJob('image.requested');
    await take('generation');
    await sweepUntilEnded(gateway, job);
    expect(await stateOf(behind)).toBe('queued');
  });

  it.each<[string, () => Promise<unknown>]>([
    ['has left its events alone', () => Promise.resolve()],
    ['has never been there', () => manager.consumers.delete(IMAGES_STREAM, 'media')],
    ['died over its event for good', () => take('media', { dies: true })],
  ])('is ended when the service that should %s', async (_what, happens) => {
    const gateway = await aGateway();
    const job = await aPublishedJob('image.generated', 'generating');
    await happens();
    const began = Date.now();
    await sweepUntilEnded(gateway, job);
    expect(Date.now() - began).toBeGreaterThanOrEqual(ABSENT_MS);
  });
});

describe('a job that somebody works on', () => {
  it('is left alone while it waits its turn in a backlog that gets shorter, however long', async () => {
    const gateway = await aGateway();
    const absent = await aPublishedJob('image.stored', 'storing');
    for (let n = 0; n < 100; n += 1) {
      await aPublishedJob('image.requested');
    }
    const last = await aPublishedJob('image.requested');
    // the catalog is not there, and by the time that this is certain the backlog has been waiting just as long
    await sweepUntilEnded(gateway, absent, () => take('generation'));
    expect(await stateOf(last)).toBe('queued');
    expect(await sweep(gateway)).toMatchObject({ ended: 0 });
  });

  it('is left alone when it has gone on since it was looked at', async () => {
    const gateway = await aGateway();
    const job = await aPublishedJob('image.requested');
    await waitFor(async () => (await sweep(gateway)).waiting === 1, { what: 'the job to be overdue' });
    await take('generation');
    await jobs.move(job.id, 'generating');
    expect(await sweep(gateway)).toEqual({ ended: 0, waiting: 0 });
    expect(await stateOf(job)).toBe('generating');
    await sweepUntilEnded(gateway, job);
  });

  it('is left alone when it has ended', async () => {
    const gateway = await aGateway();
    const states = ['succeeded', 'failed', 'refused'] as const;
    const ended = await Promise.all(states.map((state) => aJobWithoutEvent({ state })));
    const waited = await aPublishedJob('image.requested');
    await waitFor(async () => (await sweep(gateway)).waiting === 1, { what: 'the job to be overdue' });
    await jobs.move(waited.id, 'succeeded', { result: anImageRecord({ id: waited.id }) });
    await take('generation');
    expect(await sweep(gateway)).toEqual({ ended: 0, waiting: 0 });
    expect(await Promise.all([...ended, waited].map(stateOf))).toEqual([...states, 'succeeded']);
    expect(await failedEvents()).toBe(0);
  });
});

describe('a sweep', () => {
  it('goes on where another gateway has ended, with the jobs that it left waiting', async () => {
    const [first, second] = [await aGateway(), await aGateway()];
    const job = await aPublishedJob('image.requested');
    await waitFor(async () => (await sweep(first)).waiting === 1, { what: 'the job to be overdue' });
    const { position } = await first.get(SweepMemory).recall();
    expect(position).toBe((await jobs.find(job.id))?.revision);
    await first.close();
    gateways = [second];
    await take('generation');
    await sweepUntilEnded(second, job);
    expect((await second.get(SweepMemory).recall()).unfinished).toEqual([]);
  });

  it('begins anew with a bucket that was made anew, and with a memory that cannot be read', async () => {
    const gateway = await aGateway();
    const sweeps = await new Kvm(connection).open(SWEEPS_BUCKET);
    await gateway.get(SweepMemory).keep({ position: 1_000_000_000, unfinished: [], at: 0, progress: {} });
    await sweepUntilEnded(gateway, await aJobWithoutEvent());
    await sweeps.put('jobs', JSON.stringify({ position: 'the end' }));
    await sweepUntilEnded(gateway, await aJobWithoutEvent());
  });

  it('passes over what is no job, and over a key that is deleted', async () => {
    const gateway = await aGateway();
    await bucket.put('no-json', 'nonsense');
    await bucket.put('no-job', '{"state":"queued"}');
    const gone = await aJobWithoutEvent();
    await bucket.delete(gone.id);
    await sweepUntilEnded(gateway, await aJobWithoutEvent());
    expect(await failedEvents()).toBe(1);
  });

  it('passes 5,000 finished jobs', async () => {
    const gateway = await aGateway();
    const finished = Array.from({ length: 5_000 }, () => aJob());
    // each is to be answered within 5 s, however slow the machine
    const few = pLimit(100);
    for (const state of ['queued', 'generating', 'storing', 'cataloging', 'succeeded'] as const) {
      await few.map(finished, (job) => bucket.put(job.id, JSON.stringify({ ...job, state })));
    }
    const stuck = await aJobWithoutEvent();
    await sweepUntilEnded(gateway, stuck);
    expect(await failedEvents()).toBe(1);
  }, 60_000);
});

describe('gateways that sweep by themselves', () => {
  it('end every job once, however many there are', async () => {
    const stuck = await Promise.all(Array.from({ length: 50 }, () => aJobWithoutEvent()));
    const [first, second] = await Promise.all([aGateway(50), aGateway(50)]);
    await waitFor(async () => (await Promise.all(stuck.map(stateOf))).every((state) => state === 'failed'), {
      what: 'all jobs to be ended',
    });
    await waitFor(async () => (await endedBy(first)) + (await endedBy(second)) >= stuck.length, { what: 'all to be counted' });
    expect((await endedBy(first)) + (await endedBy(second))).toBe(stuck.length);
    expect(await failedEvents()).toBe(stuck.length);
  });

  it('go on after NATS was away', async () => {
    await aGateway(50);
    await sweepingBegan();
    await nats.restart();
    const job = await waitFor(() => aJobWithoutEvent(), { what: 'NATS to be back' });
    // a lease may have to run out first
    await waitFor(async () => (await stateOf(job)) === 'failed', { what: 'the job to be ended' });
  });

  it('stop while NATS does not answer', async () => {
    const gateway = await aGateway(50);
    await sweepingBegan();
    await nats.pause();
    // NATS stays away until it has stopped
    await gateway.get(StuckJobsSweep).onModuleDestroy();
    await nats.unpause();
  }, 60_000);
});

const sweepingBegan = (): Promise<unknown> =>
  waitFor(async () => (await (await new Kvm(connection).open(SWEEPS_BUCKET)).get('jobs')) !== null, { what: 'the first round' });
