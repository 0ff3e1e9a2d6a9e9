import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { MODEL_CALLS_STREAM, MODEL_CALLS_SUBJECT } from '@facet/contracts';
import { ensureStream } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import { DiscardPolicy, jetstream, JetStreamApiError, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';

const WINDOW_MS = 60_000;

/** Bounds of one wait for the oldest call to leave the window, in ms: the clocks of server and client may differ. */
const WAIT_MS = { least: 50, most: 2_000 };

/** `maximum messages exceeded`: https://github.com/nats-io/nats-server/blob/main/server/errors.json */
const STREAM_IS_FULL = 10_077;

/**
 * How many calls all replicas together may begin in any minute. The count is a stream that holds a message per call for
 * a minute and takes no more than the limit: the server decides, for everybody, in one step, and a crash loses nothing.
 */
export class CallBudget {
  private readonly logger = new Logger(CallBudget.name);

  private constructor(
    private readonly connection: NatsConnection,
    private readonly manager: JetStreamManager,
    private readonly stopping: AbortSignal,
  ) {}

  /**
   * Declares the stream, or changes its limit.
   *
   * @param stopping ends all waits, so that a stop need not wait for a minute to pass
   */
  static async open(connection: NatsConnection, perMinute: number, stopping: AbortSignal): Promise<CallBudget> {
    const manager = await jetstreamManager(connection);
    await ensureStream(manager, MODEL_CALLS_STREAM, {
      subjects: [MODEL_CALLS_SUBJECT],
      discard: DiscardPolicy.New,
      max_msgs: perMinute,
      max_age: nanos(WINDOW_MS),
      duplicate_window: nanos(WINDOW_MS),
    });
    return new CallBudget(connection, manager, stopping);
  }

  /**
   * Waits until a call may begin, and counts it.
   *
   * @throws FacetError `unavailable` (retryable) when the signal fires or the service stops before, or NATS is away
   */
  async take(signal: AbortSignal): Promise<void> {
    // eslint-disable-next-line no-restricted-properties -- both signals are held elsewhere
    const ended = AbortSignal.any([signal, this.stopping]);
    for (let waited = false; !(await this.counted()); waited = true) {
      if (!waited) {
        this.logger.log({ msg: 'the calls of this minute are used up, waiting' });
      }
      try {
        await delay(await this.untilNext(), undefined, { signal: ended });
      } catch (cause) {
        throw new FacetError('unavailable', 'The picture waits for its turn at the image model.', { retryable: true, cause });
      }
    }
  }

  private async counted(): Promise<boolean> {
    try {
      await jetstream(this.connection).publish(MODEL_CALLS_SUBJECT, '', { timeout: 1_500, retries: 2 });
      return true;
    } catch (cause) {
      if (cause instanceof JetStreamApiError && cause.code === STREAM_IS_FULL) {
        return false;
      }
      throw unavailable(cause);
    }
  }

  private async untilNext(): Promise<number> {
    const { state } = await this.manager.streams.info(MODEL_CALLS_STREAM).catch((cause: unknown) => {
      throw unavailable(cause);
    });
    const remaining = new Date(state.first_ts).getTime() + WINDOW_MS - Date.now();
    return Math.min(Math.max(remaining, WAIT_MS.least), WAIT_MS.most);
  }
}

const unavailable = (cause: unknown): FacetError =>
  new FacetError('unavailable', 'The count of calls to the image model cannot be reached at the moment.', { retryable: true, cause });
