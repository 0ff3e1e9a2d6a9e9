import { IMAGES_STREAM, type EventName } from '@facet/contracts';
import { FacetError } from '@facet/platform';
import { aJob, startProvisionedNats, type ProvisionedNats } from '@facet/testing';
import { jetstream } from '@nats-io/jetstream';
import { EventPublisher } from '../events/event-publisher';
import { jsonOf } from '../events/message-json';
import { readStream } from '../streams/read-stream';
import { FailureReporter } from './failure-reporter';
import { JobStore } from './job-store';

describe('FailureReporter', () => {
  let nats: ProvisionedNats;
  let jobs: JobStore;
  let reporter: FailureReporter;

  beforeAll(async () => {
    nats = await startProvisionedNats();
    jobs = await JobStore.open(nats.connection);
    reporter = new FailureReporter('generation', new EventPublisher(jetstream(nats.connection)), jobs);
  }, 60_000);

  afterAll(() => nats.stop());

  it('tells of each attempt of a job that was begun anew, and of each once', async () => {
    const job = aJob();
    const away = new FacetError('unavailable', 'The model is away.', { retryable: true });
    const report = (reopened: number): Promise<boolean> => reporter.report({ ...job, image_id: job.id, reopened }, away);
    await jobs.create(job);
    await report(0);
    const failed = await jobs.find(job.id);
    expect(failed && (await jobs.reopen(failed))).toBe(true);
    expect(await report(0)).toBe(false);
    expect([await report(1), await report(1)]).toEqual([true, true]);

    const told: unknown[] = [];
    const part = { stream: IMAGES_STREAM, subject: 'image.failed' satisfies EventName, from: 1 };
    for await (const message of readStream(jetstream(nats.connection), part)) {
      told.push(jsonOf(message));
    }
    const { id: image_id, user_id } = job;
    expect(told).toEqual([
      expect.objectContaining({ image_id, user_id, reopened: 0, stage: 'generation' }),
      expect.objectContaining({ image_id, user_id, reopened: 1 }),
    ]);
  });
});
