import { startNats, waitFor, type RunningNats } from '@facet/testing';
import type { NatsConnection } from '@nats-io/transport-node';
import { connectNats } from '../connection/nats-connector';
import { Leases } from './leases';

/** Short, so that the tests see a lease run out. */
const TTL_MS = 1_000;

let nats: RunningNats;
let connections: NatsConnection[];
let here: Leases;
let there: Leases;

beforeAll(async () => {
  nats = await startNats();
  connections = await Promise.all([connectNats(nats.url, 'here'), connectNats(nats.url, 'there')]);
  [here, there] = (await Promise.all(connections.map((connection) => Leases.open(connection, TTL_MS)))) as [Leases, Leases];
}, 60_000);

afterAll(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  await nats.stop();
});

it('gives a lease to one of many who ask at the same moment', async () => {
  const asked = await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? here : there).acquire('many')));
  expect(asked.filter((lease) => lease !== null)).toHaveLength(1);
});

it('gives it again as soon as it is given back, as often as one likes', async () => {
  for (const leases of [here, there, here]) {
    const lease = await leases.acquire('again');
    expect(await there.acquire('again')).toBeNull();
    await lease?.release();
  }
  expect(await there.acquire('again')).not.toBeNull();
});

it('keeps keys apart', async () => {
  expect(await here.acquire('one')).not.toBeNull();
  expect(await there.acquire('other')).not.toBeNull();
});

it('takes it from a holder who is gone, and does not let him give back what is no longer his', async () => {
  const lost = await here.acquire('lost');
  const began = Date.now();
  const taken = await waitFor(() => there.acquire('lost'), { timeoutMs: 5_000, what: 'the lease to run out' });
  expect(Date.now() - began).toBeGreaterThan(TTL_MS / 2);
  await lost?.release();
  expect(await here.acquire('lost')).toBeNull();
  await taken.release();
});

it('gives back twice without harm', async () => {
  const lease = await here.acquire('twice');
  await lease?.release();
  await lease?.release();
  expect(await here.acquire('twice')).not.toBeNull();
});

it('works on after the server was restarted', async () => {
  await nats.restart();
  const lease = await waitFor(() => here.acquire('after-a-restart'), { what: 'a lease' });
  await lease.release();
}, 30_000);

it('says so when NATS does not answer', async () => {
  await nats.pause();
  await expect(here.acquire('nobody')).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  await nats.unpause();
}, 30_000);
