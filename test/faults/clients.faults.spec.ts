import { IMAGES_STREAM, JOBS_BUCKET, BLOBS_BUCKET, MEDIA_BUCKET } from '@facet/contracts';
import { DiscardPolicy, type JetStreamManager } from '@nats-io/jetstream';
import { waitFor } from '@facet/testing';
import { Backlog } from './support/backlog';
import { lasting } from './support/lasting';
import { describeFaults, LONG, type Scenario } from './support/scenario';

const GENERATORS = ['generation-1', 'generation-2'];

const BACKLOG = LONG ? 2_000 : 100;
const STREAMS = [IMAGES_STREAM, `KV_${JOBS_BUCKET}`, `OBJ_${BLOBS_BUCKET}`, `OBJ_${MEDIA_BUCKET}`];

/** Five minutes, ms. */
const JUMP_MS = 300_000;

const backlog: Scenario = {
  name: `a backlog of ${BACKLOG} jobs`,
  jobs: 1,
  jobsLong: 1,
  fault: async (stage) => {
    await Promise.all(GENERATORS.map((name) => stage.signal(name, 'SIGSTOP')));
    const jobs = await Backlog.order(stage.clients, BACKLOG);
    expect(await stage.kept.unsettled()).toBeGreaterThanOrEqual(BACKLOG);
    await Promise.all(GENERATORS.map((name) => stage.signal(name, 'SIGCONT')));
    stage.alsoJudge(await jobs.ended());
  },
};

const leaving: Scenario = {
  name: 'clients that leave while they wait',
  jobs: 24,
  clients: { leavesAfterMs: (n) => (n % 3 === 2 ? null : { ms: 20 + ((n * 53) % 300), forGood: n % 3 === 0 }) },
  fault: (_stage, workload, _random, jobs) => workload.reached(jobs),
};

const crowd: Scenario = {
  name: 'the same Idempotency-Key from 20 connections at once',
  jobs: 4,
  concurrency: 2,
  clients: { copies: 20 },
  fault: (_stage, workload, _random, jobs) => workload.reached(jobs),
};

const deletedConsumers: Scenario = {
  name: 'consumers deleted at run time',
  jobs: 24,
  fault: async ({ kept }, workload, _random, jobs) => {
    const manager = await kept.manager();
    for (const [n, service] of ['generation', 'media', 'catalog'].entries()) {
      await workload.reached(Math.floor((jobs * (n + 1)) / 5));
      await manager.consumers.delete(IMAGES_STREAM, service);
    }
    await waitFor(() => kept.unsettled().then(() => true), { what: 'the consumers to be there again' });
  },
};

const fullStore: Scenario = {
  name: 'store full, then room again',
  jobs: 20,
  fault: async ({ kept }, workload, _random, jobs) => {
    const manager = await kept.manager();
    await workload.reached(Math.floor(jobs / 4));
    await Promise.all(STREAMS.map((name) => limit(manager, name, 'full')));
    await lasting(LONG ? 20 : 3);
    await Promise.all(STREAMS.map((name) => limit(manager, name, 'room')));
  },
};

const jumpingClocks: Scenario = {
  name: 'clocks jump by 5 minutes, forth and back',
  jobs: 24,
  fault: async ({ clocks }, workload, _random, jobs) => {
    for (const [n, shift] of [JUMP_MS, 0, -JUMP_MS, 0].entries()) {
      await workload.reached(Math.floor((jobs * (n + 1)) / 6));
      await clocks.shift(shift);
      await lasting(LONG ? 10 : 1);
    }
  },
};

async function limit(manager: JetStreamManager, name: string, to: 'full' | 'room'): Promise<void> {
  const { state } = await manager.streams.info(name);
  await manager.streams.update(name, to === 'full' ? { max_bytes: state.bytes + 1, discard: DiscardPolicy.New } : { max_bytes: -1 });
}

describeFaults(
  'clients, store and clocks',
  () => ({ options: ['--scale', 'generation=2'], environment: { GENERATION_CONCURRENCY: '4' } }),
  [crowd, leaving, deletedConsumers, fullStore, jumpingClocks, backlog],
);
