import { IMAGES_STREAM } from '@facet/contracts';
import { startNats, type RunningNats } from '@facet/testing';
import { jetstream, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
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

  const publish = (): Promise<unknown> => jetstream(connection).publish('image.requested', '{}');

  it('a new consumer gets all events of the last day', async () => {
    await Promise.all([publish(), publish(), publish()]);
    await provisionConsumer(manager, 'generation', 'image.requested', LIMITS);
    expect(await manager.consumers.info(IMAGES_STREAM, 'generation')).toMatchObject({ num_pending: 3 });
  });

  it('a new consumer leaves what is older alone: it has ended, and may be paid', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'clearTimeout', 'queueMicrotask'] });
    jest.setSystemTime(Date.now() + 25 * 3_600_000);
    await provisionConsumer(manager, 'media', 'image.generated', LIMITS);
    jest.useRealTimers();
    expect((await manager.consumers.info(IMAGES_STREAM, 'media')).config).toMatchObject({ opt_start_seq: 4 });
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
