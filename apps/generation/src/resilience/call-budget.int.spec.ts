import { MODEL_CALLS_STREAM } from '@facet/contracts';
import { connectNats } from '@facet/messaging';
import { startNats, waitFor, type RunningNats } from '@facet/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { CallBudget } from './call-budget';

const never = new AbortController().signal;
let nats: RunningNats;
let connection: NatsConnection;

const counted = async (): Promise<number> => (await (await jetstreamManager(connection)).streams.info(MODEL_CALLS_STREAM)).state.messages;

beforeAll(async () => {
  nats = await startNats();
  connection = await connectNats(nats.url, 'test');
}, 60_000);

beforeEach(async () => {
  const manager = await jetstreamManager(connection);
  await manager.streams.delete(MODEL_CALLS_STREAM).catch(() => undefined);
});

afterAll(async () => {
  await connection.close();
  await nats.stop();
});

describe('CallBudget', () => {
  it('lets exactly so many calls of a minute begin, over all replicas', async () => {
    const replicas = await Promise.all([1, 2, 3].map(() => CallBudget.open(connection, 5, never)));
    const stop = new AbortController();
    let begun = 0;
    const calls = Array.from({ length: 12 }, async (_, n) => {
      await replicas[n % 3]?.take(stop.signal);
      begun += 1;
    });
    await waitFor(() => begun === 5, { what: 'five calls to begin' });
    await waitFor(async () => (await counted()) === 5, { what: 'five calls to be counted' });
    stop.abort();
    const outcomes = await Promise.allSettled(calls);
    expect([begun, outcomes.filter(({ status }) => status === 'rejected').length]).toEqual([5, 7]);
  });

  it('lets the next call begin when one leaves the minute', async () => {
    const budget = await CallBudget.open(connection, 1, never);
    await budget.take(never);
    const manager = await jetstreamManager(connection);
    let begun = false;
    const next = budget.take(never).then(() => {
      begun = true;
    });
    expect(begun).toBe(false);
    await manager.streams.purge(MODEL_CALLS_STREAM);
    await next;
    expect(await counted()).toBe(1);
  });

  it('gives a waiting call back when the service stops', async () => {
    const stopping = new AbortController();
    const budget = await CallBudget.open(connection, 1, stopping.signal);
    await budget.take(never);
    const waiting = budget.take(never);
    stopping.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  });

  it('takes over a changed limit', async () => {
    const before = await CallBudget.open(connection, 1, never);
    await before.take(never);
    const after = await CallBudget.open(connection, 2, never);
    await after.take(never);
    expect(await counted()).toBe(2);
  });
});
