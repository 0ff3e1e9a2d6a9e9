import { Inject, Injectable } from '@nestjs/common';
import { isTerminal, Job, JOBS_BUCKET_STREAM, jobHintSubject } from '@facet/contracts';
import { NATS_CONNECTION, readStream } from '@facet/messaging';
import { withDeadline } from '@facet/platform';
import { jetstream, jetstreamManager, type JetStreamClient, type JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { z } from 'zod';

/** Longest wait for the server's answer, in ms. */
const TIMEOUT_MS = 2_000;

/** Most time that one reading takes, in ms; the next one goes on where it ended. */
const READING_MS = 15_000;

/** Unfinished jobs that are remembered at most, some 300 kB; nothing further is read until some of them have ended. */
const MOST_UNFINISHED = 10_000;

/** A revision of a job's key. */
const Step = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('not JSON');
      return z.NEVER;
    }
  })
  .pipe(Job);

/** The steps of all jobs in the order in which they were written, up to those that are too young to be of interest. */
@Injectable()
export class JobLog {
  private readonly log: JetStreamClient;

  constructor(@Inject(NATS_CONNECTION) private readonly connection: NatsConnection) {
    this.log = jetstream(connection, { timeout: TIMEOUT_MS });
  }

  /**
   * Reads on after a position and keeps the set of jobs up to date that have begun by there, and not ended.
   *
   * @param before ms of the server's clock: younger steps are left for later
   * @returns the position reached: every job whose latest step is not behind it is in the set, or has ended
   */
  async readOn(position: number, before: number, unfinished: Set<string>, signal: AbortSignal): Promise<number> {
    let reached = await this.existing(position);
    await withDeadline(READING_MS, signal, async (ending) => {
      for await (const message of readStream(this.log, { stream: JOBS_BUCKET_STREAM, from: reached + 1 }, ending)) {
        if (message.time.getTime() > before || unfinished.size >= MOST_UNFINISHED) {
          break;
        }
        reached = message.seq;
        const imageId = message.subject.slice(jobHintSubject('').length);
        if (isUnfinished(message)) {
          unfinished.add(imageId);
        } else {
          unfinished.delete(imageId);
        }
      }
    });
    return reached;
  }

  /** The position, or the beginning when the bucket was made anew since, and counts from one again. */
  private async existing(position: number): Promise<number> {
    const manager = await jetstreamManager(this.connection, { checkAPI: false, timeout: TIMEOUT_MS });
    const { state } = await manager.streams.info(JOBS_BUCKET_STREAM);
    return position > state.last_seq ? 0 : position;
  }
}

/** A step that cannot be read, or that deleted the key, leaves nothing to end. */
function isUnfinished(message: JsMsg): boolean {
  const job = Step.safeParse(message.string());
  return job.success && !isTerminal(job.data.state);
}
