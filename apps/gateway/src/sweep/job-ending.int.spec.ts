import { IMAGES_STREAM, type Job } from '@facet/contracts';
import { EventPublisher, FailureReporter, JobStore } from '@facet/messaging';
import { Metrics } from '@facet/platform';
import { aJob, anImageRecord, startProvisionedNats, type ProvisionedNats } from '@facet/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { JobEnding } from './job-ending';

describe('JobEnding', () => {
  let nats: ProvisionedNats;
  let jobs: JobStore;

  beforeAll(async () => {
    nats = await startProvisionedNats();
    jobs = await JobStore.open(nats.connection);
  }, 60_000);

  afterAll(() => nats.stop());

  /** The ending of a gateway that others are faster than, by what happens between its look at a job and the job's end. */
  function endingAfter(meanwhile: () => Promise<unknown>): JobEnding {
    class Overtaken extends FailureReporter {
      override async report(...what: Parameters<FailureReporter['report']>): Promise<boolean> {
        await meanwhile();
        return super.report(...what);
      }
    }
    return new JobEnding(jobs, new Overtaken('gateway', new EventPublisher(jetstream(nats.connection)), jobs), new Metrics());
  }

  async function beginAnew({ id }: Job): Promise<void> {
    await jobs.move(id, 'failed', { error: { stage: 'generation', code: 'unavailable', message: 'Away.', retryable: true } });
    const known = await jobs.find(id);
    expect(known && (await jobs.reopen(known))).toBe(true);
  }

  const failedEvents = async (): Promise<number> => {
    const { state } = await (await jetstreamManager(nats.connection)).streams.info(IMAGES_STREAM, { subjects_filter: 'image.failed' });
    return state.subjects?.['image.failed'] ?? 0;
  };

  it.each<[string, (job: Job) => Promise<unknown>, Partial<Job>]>([
    ['has gone on', ({ id }) => jobs.move(id, 'storing'), { state: 'storing', error: null }],
    ['has succeeded', ({ id }) => jobs.succeed(id, anImageRecord({ id })), { state: 'succeeded', error: null }],
    ['was begun anew', beginAnew, { state: 'queued', error: null, reopened: 1 }],
  ])('leaves a job alone that %s since it was looked at', async (_what, happens, expected) => {
    const before = await failedEvents();
    const job = aJob({ state: 'generating' });
    await jobs.create(job);
    const { revision = 0 } = (await jobs.find(job.id)) ?? {};
    const ending = endingAfter(() => happens(job));
    expect(await ending.endAll([job.id], revision, new AbortController().signal)).toBe(0);
    expect((await jobs.find(job.id))?.job).toMatchObject(expected);
    expect(await failedEvents()).toBe(before);
  });
});
