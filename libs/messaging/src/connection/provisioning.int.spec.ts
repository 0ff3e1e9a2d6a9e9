import { IMAGES_STREAM } from '@facet/contracts';
import { startNats, type RunningNats } from '@facet/testing';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { connectNats } from './nats-connector';
import { provisionConsumer, provisionLog, provisionNats } from './provisioning';

const LIMITS = { ackWaitMs: 20_000, maxInFlight: 4 };

describe('provisioning', () => {
  let nats: RunningNats;
  let connection: NatsConnection;
  let manager: JetStreamManager;

  beforeAll(async () => {
    nats = await startNats();
    connection = await connectNats(nats.url, 'test');
    manager = await jetstreamManager(connection);
    await Promise.all([provisionNats(connection), provisionNats(connection)]);
  }, 60_000);

  afterAll(async () => {
    await connection.close();
    await nats.stop();
  });

  it('a new consumer leaves what is older than a day alone: it has ended, and may be paid', async () => {
    await provisionConsumer(manager, 'generation', 'image.requested', LIMITS);
    const { opt_start_time } = (await manager.consumers.info(IMAGES_STREAM, 'generation')).config;
    const ageHours = (Date.now() - Date.parse(String(opt_start_time))) / 3_600_000;
    expect(ageHours).toBeGreaterThan(23.9);
    expect(ageHours).toBeLessThan(24.1);
  });

  it('an existing one stays where it is, and gets the settings of the day', async () => {
    const before = await manager.consumers.info(IMAGES_STREAM, 'generation');
    await provisionConsumer(manager, 'generation', 'image.requested', { ackWaitMs: 5_000, maxInFlight: 7 });
    const after = await manager.consumers.info(IMAGES_STREAM, 'generation');
    expect(after.created).toBe(before.created);
    expect(after.config).toMatchObject({ ...before.config, ack_wait: 5_000_000_000, max_ack_pending: 7 });
  });

  it('a log that somebody has deleted is made anew with its consumer', async () => {
    await manager.streams.delete(IMAGES_STREAM);
    await provisionLog(manager);
    await provisionConsumer(manager, 'generation', 'image.requested', LIMITS);
    expect(await manager.consumers.info(IMAGES_STREAM, 'generation')).toMatchObject({ num_pending: 0 });
  });
});
