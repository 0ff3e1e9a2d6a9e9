import { BLOBS_BUCKET, DEADLETTERS_STREAM, deadLetterSubject, events, IMAGES_STREAM, JOBS_BUCKET } from '@facet/contracts';
import {
  AckPolicy,
  DeliverPolicy,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type JetStreamManager,
  type StreamConfig,
} from '@nats-io/jetstream';
import { setSha256Backend } from '@nats-io/obj';
import { nanos, type NatsConnection } from '@nats-io/transport-node';
import { ensureBucket, ensureObjectStore } from '../buckets/ensure-bucket';
import { declareShared } from './declare-shared';

const HOUR_MS = 3_600_000;

/** Jobs are answered for from their key for a week, afterwards from the catalog. */
const JOBS_TTL_MS = 7 * 24 * HOUR_MS;

/** Uploads and results are kept a day: long enough for any retry, and a cache for regeneration. */
const BLOBS_TTL_MS = 24 * HOUR_MS;

/** Window in which the server drops a second publish of the same message id. */
const DUPLICATE_WINDOW_MS = 120_000;

/** Life of a consumer that only answers a question, in ms: the services may make one without a name, and delete none. */
const PROBE_LIFE_MS = 10_000;

const KEPT = { retention: RetentionPolicy.Limits, duplicate_window: nanos(DUPLICATE_WINDOW_MS) };

/**
 * Declares the streams and buckets that every service may need, where they are absent. Safe to call from all
 * services at once: equal declarations are no change.
 */
export async function provisionNats(connection: NatsConnection): Promise<void> {
  // 4 times faster than the JavaScript digest for objects of a megabyte and more
  setSha256Backend('native');
  const manager = await jetstreamManager(connection);
  await provisionLog(manager);
  await ensureStream(manager, DEADLETTERS_STREAM, { subjects: [deadLetterSubject('>')], ...KEPT });
  // 16 revisions: the steps of a job with its retries, for replay to a client that lost its event stream
  await ensureBucket(connection, JOBS_BUCKET, { history: 16, ttl: JOBS_TTL_MS });
  await ensureObjectStore(connection, BLOBS_BUCKET, { ttl: nanos(BLOBS_TTL_MS) });
}

/** Declares the event log. */
export const provisionLog = (manager: JetStreamManager): Promise<void> =>
  ensureStream(manager, IMAGES_STREAM, { subjects: Object.keys(events), ...KEPT });

/** How a service takes its events. */
export interface ConsumerLimits {
  /** a handler that is silent for this long, ms, is taken for dead */
  ackWaitMs: number;
  /** events worked on at once by all processes of the service */
  maxInFlight: number;
}

/** Declares a durable consumer of a service: one kind of event that it takes off the log, from a day before it is made. */
export async function provisionConsumer(
  manager: JetStreamManager,
  durable: string,
  subject: string,
  { ackWaitMs, maxInFlight }: ConsumerLimits,
): Promise<void> {
  const settings = {
    filter_subject: subject,
    ack_wait: nanos(ackWaitMs),
    max_ack_pending: maxInFlight,
  };
  const existing = await manager.consumers.info(IMAGES_STREAM, durable).catch(() => null);
  if (existing) {
    await manager.consumers.update(IMAGES_STREAM, durable, settings);
  } else {
    await manager.consumers.add(IMAGES_STREAM, {
      ...settings,
      durable_name: durable,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: await sequenceOfYesterday(manager),
    });
  }
}

/**
 * Where a consumer begins that is made anew, as somebody has deleted it: with what may still be open. What is older has
 * ended, and the keys that tell so are gone after a week: a picture would be made, and paid, once more.
 */
async function sequenceOfYesterday(manager: JetStreamManager): Promise<number> {
  // a consumer with a start time of its own cannot be updated on 2.9
  const probe = await manager.consumers.add(IMAGES_STREAM, {
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.StartTime,
    opt_start_time: new Date(Date.now() - BLOBS_TTL_MS).toISOString(),
    inactive_threshold: nanos(PROBE_LIFE_MS),
  });
  return probe.delivered.stream_seq + 1;
}

/** Declares a stream where it is absent, and else brings its settings up to date. It is kept on file. */
export async function ensureStream(
  manager: JetStreamManager,
  name: string,
  settings: Partial<StreamConfig> & Pick<StreamConfig, 'subjects'>,
): Promise<void> {
  const existing = await manager.streams.info(name).catch(() => null);
  if (existing) {
    await manager.streams.update(name, { storage: StorageType.File, ...settings });
  } else {
    await declareShared(() => manager.streams.add({ name, storage: StorageType.File, ...settings }));
  }
}
