import type { JobState } from '@facet/contracts';
import { connectNats, JobStore } from '@facet/messaging';
import { aJob, anImageRecord, startProvisionedNats, waitFor, type ProvisionedNats } from '@facet/testing';
import type { NatsConnection } from '@nats-io/transport-node';
import { JobWatcher } from './job-watcher';

describe('JobWatcher', () => {
  let nats: ProvisionedNats;
  // a connection of its own, not the gateway's
  let worker: NatsConnection;
  let jobs: JobStore;
  let watcher: JobWatcher;

  beforeAll(async () => {
    nats = await startProvisionedNats();
    worker = await connectNats(nats.url, 'worker');
    jobs = await JobStore.open(worker);
    watcher = new JobWatcher(await JobStore.open(nats.connection), nats.connection);
  }, 60_000);

  afterAll(async () => {
    await worker.close();
    await nats.stop();
  });

  const aQueuedJob = async (): Promise<string> => {
    const job = aJob();
    await jobs.create(job);
    return job.id;
  };
  const pass = (ms: number): Promise<boolean> => {
    const began = performance.now();
    return waitFor(() => performance.now() - began >= ms, { timeoutMs: ms + 5_000 });
  };

  it('gives the job as it ended', async () => {
    const id = await aQueuedJob();
    const ended = watcher.ended(id, new AbortController().signal);
    await jobs.move(id, 'generating');
    await jobs.move(id, 'succeeded');
    expect(await ended).toMatchObject({ id, state: 'succeeded' });
  });

  it('gives the job as it was last seen when it is told to wait no longer', async () => {
    const id = await aQueuedJob();
    expect(await watcher.ended(id, AbortSignal.timeout(200))).toMatchObject({ id, state: 'queued' });
  });

  it('gives nothing for a job that is not there', async () => {
    expect(await watcher.ended(aJob().id, new AbortController().signal)).toBeNull();
  });

  describe('of a picture that its owner has changed since', () => {
    const told = async (id: string, after = 0): Promise<[JobState, number][]> => {
      const steps: [JobState, number][] = [];
      for await (const { job, revision } of watcher.steps(id, after, AbortSignal.timeout(10_000))) {
        steps.push([job.state, revision]);
      }
      return steps;
    };
    const change = async (id: string): Promise<void> => {
      for (const title of ['For the window', 'For the catalogue']) {
        await jobs.amendResult(id, (result) => ({ ...result, title }));
      }
    };
    const states = (steps: [JobState, number][]): JobState[] => steps.map(([state]) => state);

    it('tells one step for each, and none after the last', async () => {
      const id = await aQueuedJob();
      await jobs.move(id, 'generating');
      await jobs.move(id, 'succeeded', { result: anImageRecord({ id }) });
      await change(id);
      const steps = await told(id);
      expect(states(steps)).toEqual(['queued', 'generating', 'succeeded']);
      expect(states(await told(id, steps[1]?.[1]))).toEqual(['succeeded']);
      expect(await told(id, steps[2]?.[1])).toEqual([]);
    });

    it('tells the end once also when it was changed so often that no step is known any more', async () => {
      const id = await aQueuedJob();
      await jobs.move(id, 'generating');
      const { revision: begun } = (await jobs.find(id)) ?? {};
      await jobs.move(id, 'succeeded', { result: anImageRecord({ id }) });
      const { revision: end } = (await jobs.find(id)) ?? {};
      for (let time = 0; time < 10; time += 1) {
        await change(id);
      }
      expect((await jobs.history(id)).map(({ job }) => job.state)).toEqual(Array(16).fill('succeeded'));
      expect([await told(id), await told(id, begun)].map(states)).toEqual([['succeeded'], ['succeeded']]);
      expect(await told(id, end)).toEqual([]);
    });

    it('tells both ends of a job that was begun anew', async () => {
      const id = await aQueuedJob();
      const error = { stage: 'generation', code: 'model_failed', message: 'Away.', retryable: true } as const;
      for (let time = 0; time < 2; time += 1) {
        await jobs.move(id, 'failed', { error });
        const known = await jobs.find(id);
        await jobs.reopen(known ?? { job: aJob(), revision: 0 });
      }
      await jobs.move(id, 'succeeded', { result: anImageRecord({ id }) });
      await change(id);
      const steps = await told(id);
      expect(states(steps)).toEqual(['queued', 'failed', 'queued', 'failed', 'queued', 'succeeded']);
      expect(states(await told(id, steps[1]?.[1]))).toEqual(['queued', 'failed', 'queued', 'succeeded']);
    });
  });

  it('waits over an absence of NATS, and sees the end that came with its return', async () => {
    const id = await aQueuedJob();
    const ended = watcher.ended(id, new AbortController().signal);
    const steps: JobState[] = [];
    const told = (async (): Promise<void> => {
      for await (const { job } of watcher.steps(id, 0, new AbortController().signal)) {
        steps.push(job.state);
      }
    })();
    await waitFor(() => steps.length > 0, { what: 'the first step' });
    await nats.pause();
    await pass(3_000);
    await nats.unpause();
    await waitFor(() => jobs.move(id, 'succeeded'), { what: 'the worker to finish' });
    expect(await ended).toMatchObject({ state: 'succeeded' });
    await told;
    expect(steps).toEqual(['queued', 'succeeded']);
  }, 30_000);

  it('keeps to its limit while NATS is away', async () => {
    const id = await aQueuedJob();
    const limit = new AbortController();
    const ended = watcher.ended(id, limit.signal);
    // who asked first has seen the job as well by then
    await watcher.steps(id, 0, limit.signal).next();
    await nats.pause();
    await pass(2_500);
    limit.abort();
    // NATS stays away until the wait is over
    expect(await ended).toMatchObject({ id, state: 'queued' });
    await nats.unpause();
  }, 30_000);

  it('is there for a job that ends while the server is killed', async () => {
    const id = await aQueuedJob();
    const ended = watcher.ended(id, new AbortController().signal);
    await nats.restart();
    await waitFor(() => jobs.move(id, 'failed'), { timeoutMs: 15_000, what: 'the worker to finish' });
    expect(await ended).toMatchObject({ id, state: 'failed' });
  }, 30_000);
});
