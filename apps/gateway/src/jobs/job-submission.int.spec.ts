import { ImageRequested, IMAGES_STREAM, JOBS_BUCKET_STREAM } from '@facet/contracts';
import { JobStore } from '@facet/messaging';
import { aJob, anImageStored, answerQuery, startProvisionedNats, type ProvisionedNats } from '@facet/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import type { INestApplicationContext } from '@nestjs/common';
import { startGateway } from '../testing/start-gateway';
import { JobSubmission } from './job-submission';

const FAILED = { stage: 'media', code: 'storage_failed', message: 'The store is away.', retryable: true } as const;
const CLEARING = { code: 'unavailable', retryable: true, details: { retry_after_seconds: 5 } };

describe('the repeat of a job whose assets are being taken back', () => {
  let nats: ProvisionedNats;
  let jobs: JobStore;
  let gateway: INestApplicationContext;

  beforeAll(async () => {
    nats = await startProvisionedNats();
    jobs = await JobStore.open(nats.connection);
    const err = { code: 'image_not_found', message: 'There is no such picture.', retryable: false };
    void answerQuery(nats.connection, 'catalog.image.get', () => ({ err }));
    gateway = await startGateway(nats.url);
  }, 60_000);

  afterAll(async () => {
    jest.restoreAllMocks();
    await gateway.close();
    await nats.stop();
  });

  const lastEvent = async (): Promise<unknown> => {
    const { streams } = await jetstreamManager(nats.connection);
    const { state } = await streams.info(IMAGES_STREAM);
    return state.messages === 0 ? null : (await streams.getMessage(IMAGES_STREAM, { seq: state.last_seq }))?.json();
  };

  it('is told to come again, and nothing is published, also when the removal has only just begun', async () => {
    const job = aJob({ state: 'failed', error: FAILED, created_at: new Date().toISOString() });
    await jobs.create(job);
    const event = ImageRequested.parse(anImageStored({ image_id: job.id, user_id: job.user_id }));
    const identity = { fingerprint: job.fingerprint, keyed: true };
    const submission = gateway.get(JobSubmission);
    let held: Awaited<ReturnType<JobStore['hold']>> = null;
    jest.spyOn(gateway.get(JobStore), 'find').mockImplementationOnce(async (id) => {
      const known = await jobs.find(id);
      held = await jobs.hold(id, 60_000, () => true);
      return known;
    });

    await expect(submission.submit(event, identity)).rejects.toMatchObject(CLEARING);
    await expect(submission.isUnderWay(job.id, job.user_id, identity)).rejects.toMatchObject(CLEARING);
    expect(await lastEvent()).toBeNull();
    expect((await jobs.find(job.id))?.job).toMatchObject({ state: 'failed', reopened: 0 });

    expect(held).not.toBeNull();
    await jobs.letGo(held as unknown as NonNullable<typeof held>);
    const { streams } = await jetstreamManager(nats.connection);
    expect((await streams.getMessage(JOBS_BUCKET_STREAM, { last_by_subj: `$KV.jobs.${job.id}` }))?.string()).not.toContain('held_until');
    await submission.submit(event, identity);
    expect(await lastEvent()).toMatchObject({ image_id: job.id, reopened: 1 });
    expect((await jobs.find(job.id))?.job).toMatchObject({ state: 'queued', reopened: 1 });
  });
});
