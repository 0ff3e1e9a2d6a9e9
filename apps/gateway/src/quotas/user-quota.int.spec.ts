import { QUOTAS_BUCKET } from '@facet/contracts';
import { JobStore } from '@facet/messaging';
import { aJob, startProvisionedNats, type ProvisionedNats } from '@facet/testing';
import { Kvm, type KV } from '@nats-io/kv';
import { newImageId } from '../images/image-ids';
import { QuotasStore } from './quotas.store';
import { UserLimits, UserQuota } from './user-quota';

let nats: ProvisionedNats;
let jobs: JobStore;
let bucket: KV;

const gateway = (pending: number, perDay: number): UserQuota =>
  new UserQuota(new QuotasStore(bucket), jobs, new UserLimits(pending, perDay));

async function aJobOfUser(userId: string): Promise<string> {
  const job = aJob({ user_id: userId });
  await jobs.create(job);
  return job.id;
}

const codesOf = (outcomes: PromiseSettledResult<void>[]): unknown[] =>
  outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as { code: unknown }).code] : []));

beforeAll(async () => {
  nats = await startProvisionedNats();
  jobs = await JobStore.open(nats.connection);
  bucket = await new Kvm(nats.connection).create(QUOTAS_BUCKET);
}, 60_000);

afterAll(() => nats.stop());

describe('UserQuota', () => {
  it('lets exactly as many jobs pass as there may be, over several gateways at once', async () => {
    const gateways = [gateway(10, 100), gateway(10, 100), gateway(10, 100)];
    const ids = Array.from({ length: 30 }, () => newImageId());
    const outcomes = await Promise.allSettled(ids.map(async (id, n) => gateways[n % 3]?.take('ann', id)));
    expect(codesOf(outcomes)).toEqual(Array.from({ length: 20 }, () => 'too_many_pending_jobs'));
  });

  it('counts the same job once, however often it is asked for', async () => {
    const quota = gateway(2, 100);
    const id = newImageId();
    await Promise.all(Array.from({ length: 20 }, () => quota.take('bea', id)));
    await quota.take('bea', newImageId());
    await expect(quota.take('bea', newImageId())).rejects.toMatchObject({ code: 'too_many_pending_jobs' });
    await quota.assertRoom('bea', id);
  });

  it('has room again as soon as a job has ended', async () => {
    const quota = gateway(2, 100);
    const [first, second] = [await aJobOfUser('cleo'), await aJobOfUser('cleo')];
    await quota.take('cleo', first);
    await quota.take('cleo', second);
    await expect(quota.assertRoom('cleo', newImageId())).rejects.toMatchObject({ code: 'too_many_pending_jobs' });
    await jobs.move(first, 'failed');
    await quota.take('cleo', newImageId());
    await expect(quota.take('cleo', newImageId())).rejects.toMatchObject({ code: 'too_many_pending_jobs' });
  });

  it('ends a day with its last job, whatever became of the others', async () => {
    const quota = gateway(10, 2);
    for (const id of [await aJobOfUser('dora'), await aJobOfUser('dora')]) {
      await quota.take('dora', id);
      await jobs.move(id, 'failed');
    }
    await expect(quota.take('dora', newImageId())).rejects.toMatchObject({ code: 'daily_limit_reached', retryable: true });
    await quota.take('emma', newImageId());
  });
});
