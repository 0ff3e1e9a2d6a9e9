import type { JobState } from '@facet/contracts';
import { aJob, anImageRecord, startProvisionedNats, type ProvisionedNats } from '@facet/testing';
import { ObjectId } from 'bson';
import { connectNats } from '../connection/nats-connector';
import type { JobRevision } from './job-revision';
import { JobStore } from './job-store';

describe('JobStore', () => {
  let nats: ProvisionedNats;
  let store: JobStore;

  const created = async (): Promise<string> => {
    const job = aJob();
    await store.create(job);
    return job.id;
  };
  const stateOf = async (id: string): Promise<JobState | undefined> => (await store.find(id))?.job.state;

  beforeAll(async () => {
    nats = await startProvisionedNats();
    store = await JobStore.open(nats.connection);
  }, 60_000);

  afterAll(() => nats.stop());

  it('creates a job once; the second time changes nothing', async () => {
    const job = aJob();
    expect(await store.create(job)).toBe(true);
    expect(await store.create({ ...job, user_id: 'bob' })).toBe(false);
    expect((await store.find(job.id))?.job).toEqual(job);
  });

  it('creates a job once when everybody does it at the same time', async () => {
    const job = aJob();
    const answers = await Promise.all(Array.from({ length: 8 }, () => store.create(job)));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it('finds no job that there is none of', async () => {
    const unknown = new ObjectId().toHexString();
    expect(await store.find(unknown)).toBeNull();
    expect(await store.history(unknown)).toEqual([]);
    expect(await store.move(unknown, 'generating')).toBe(false);
    expect(await store.hasEnded(unknown)).toBe(false);
  });

  it('moves a job forward, never back and never out of its end', async () => {
    const id = await created();
    const result = anImageRecord({ id });
    expect(await store.move(id, 'storing')).toBe(true);
    expect(await store.move(id, 'generating')).toBe(false);
    expect(await stateOf(id)).toBe('storing');
    expect(await store.hasEnded(id)).toBe(false);
    expect(await store.move(id, 'succeeded', { result })).toBe(true);
    for (const state of ['queued', 'cataloging', 'failed', 'refused', 'succeeded'] as const) {
      expect(await store.move(id, state)).toBe(false);
    }
    expect((await store.find(id))?.job).toMatchObject({ state: 'succeeded', result });
    expect(await store.hasEnded(id)).toBe(true);
  });

  it('counts the attempts of the present stage only', async () => {
    const id = await created();
    await store.move(id, 'generating', { attempts: 1 });
    expect(await store.move(id, 'generating', { attempts: 2 })).toBe(true);
    expect((await store.find(id))?.job.attempts).toBe(2);
    await store.move(id, 'storing');
    expect((await store.find(id))?.job.attempts).toBe(0);
  });

  it('ends once, however many move it at the same time', async () => {
    const id = await created();
    const ends = ['succeeded', 'failed', 'refused'] as const;
    const steps = ['generating', 'storing', 'cataloging'] as const;
    const [moved] = await Promise.all([
      Promise.all(ends.map((state) => store.move(id, state))),
      Promise.all(steps.map((state) => store.move(id, state))),
    ]);
    expect(moved.filter(Boolean)).toHaveLength(1);
    expect(await stateOf(id)).toBe(ends[moved.indexOf(true)]);
    const states = (await store.history(id)).map(({ job }) => job.state);
    const order = ['queued', ...steps, ...ends];
    expect(states).toEqual([...states].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
  });

  it('tells the steps in order, and those after a revision only', async () => {
    const id = await created();
    for (const state of ['generating', 'storing', 'cataloging', 'succeeded'] as const) {
      await store.move(id, state);
    }
    const steps = await store.history(id);
    expect(steps.map(({ job }) => job.state)).toEqual(['queued', 'generating', 'storing', 'cataloging', 'succeeded']);
    expect(steps.at(-1)?.revision).toBe((await store.find(id))?.revision);
    const later = await store.history(id, steps[2]?.revision);
    expect(later).toEqual(steps.slice(3));
    expect(await store.history(id, steps.at(-1)?.revision)).toEqual([]);
  });

  describe('ends with its picture', () => {
    const result = anImageRecord();
    const error = { stage: 'gateway', code: 'unavailable', message: 'Not finished in time.', retryable: true } as const;

    it.each(['queued', 'cataloging', 'failed'] as const)('a job that is %s', async (state) => {
      const id = await created();
      await store.move(id, state, state === 'failed' ? { error } : {});
      await store.succeed(id, result);
      expect((await store.find(id))?.job).toMatchObject({ state: 'succeeded', result, error: null });
    });

    it.each(['succeeded', 'refused'] as const)('no job that is %s', async (state) => {
      const id = await created();
      await store.move(id, state);
      const before = await store.find(id);
      await store.succeed(id, result);
      expect(await store.find(id)).toEqual(before);
    });

    it('nothing of a job that is not known', async () => {
      const { id } = aJob();
      await store.succeed(id, result);
      expect(await store.find(id)).toBeNull();
    });
  });

  describe('ends without a picture', () => {
    const error = { stage: 'media', code: 'storage_failed', message: 'It is full.', retryable: false } as const;

    it('a job that is still the one that was meant, also when it is said twice', async () => {
      const id = await created();
      const { revision } = (await store.find(id)) ?? {};
      expect(await store.fail(id, 'failed', error, (found) => found.revision === revision)).toBe(true);
      const ended = await store.find(id);
      expect(ended?.job).toMatchObject({ state: 'failed', error });
      expect(await store.fail(id, 'failed', { ...error, stage: 'gateway' }, () => true)).toBe(true);
      expect(await store.find(id)).toEqual(ended);
    });

    it('no job that has gone on since', async () => {
      const id = await created();
      const { revision } = (await store.find(id)) ?? {};
      await store.move(id, 'generating');
      expect(await store.fail(id, 'failed', error, (found) => found.revision === revision)).toBe(false);
      expect(await stateOf(id)).toBe('generating');
    });

    it('nothing of a job that is not known', async () => {
      const { id } = aJob();
      expect(await store.fail(id, 'refused', error, () => false)).toBe(true);
      expect(await store.find(id)).toBeNull();
    });
  });

  describe('reopens', () => {
    const error = { stage: 'generation', code: 'model_failed', message: 'There is no such model.', retryable: false } as const;
    const found = async (id: string): Promise<JobRevision> => {
      const job = await store.find(id);
      if (!job) {
        throw new Error(`no job ${id}`);
      }
      return job;
    };
    const failed = async (): Promise<JobRevision> => {
      const id = await created();
      await store.move(id, 'generating', { attempts: 3 });
      await store.move(id, 'failed', { error });
      return found(id);
    };

    it('a failed job, which is then as a new one', async () => {
      const known = await failed();
      expect(known.job).toMatchObject({ state: 'failed', error });
      expect(await store.reopen(known)).toBe(true);
      const { job } = await found(known.job.id);
      expect(job).toEqual({ ...known.job, state: 'queued', attempts: 0, reopened: 1, error: null, updated_at: expect.any(String) });
      expect(Date.parse(job.updated_at)).toBeGreaterThanOrEqual(Date.parse(known.job.updated_at));
      expect(await store.move(job.id, 'storing')).toBe(true);
      expect(await store.move(job.id, 'succeeded')).toBe(true);
    });

    it.each(['queued', 'generating', 'storing', 'cataloging', 'succeeded', 'refused'] as const)('no job that is %s', async (state) => {
      const id = await created();
      await store.move(id, state);
      const known = await found(id);
      expect(await store.reopen(known)).toBe(false);
      expect(await found(id)).toEqual(known);
    });

    it('once, however many do it at the same time', async () => {
      const known = await failed();
      const answers = await Promise.all(Array.from({ length: 8 }, () => store.reopen(known)));
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect((await store.history(known.job.id)).map(({ job }) => job.state)).toEqual(['queued', 'generating', 'failed', 'queued']);
    });

    it('no job that was reopened and has failed again since it was read', async () => {
      const known = await failed();
      await store.reopen(known);
      await store.move(known.job.id, 'failed', { error });
      expect(await store.reopen(known)).toBe(false);
      expect(await stateOf(known.job.id)).toBe('failed');
    });
  });

  it('refuses to write what is no job', async () => {
    await expect(store.create(aJob({ id: 'not-an-id' }))).rejects.toThrow();
    const id = await created();
    await expect(store.move(id, 'generating', { attempts: -1 })).rejects.toThrow();
    expect(await stateOf(id)).toBe('queued');
  });

  it('says that it cannot be reached, and that trying again may help', async () => {
    const id = await created();
    const other = await connectNats(nats.url, 'test that goes');
    const away = await JobStore.open(other);
    await other.close();
    await expect(away.find(id)).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    await expect(away.create(aJob())).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  });
});
