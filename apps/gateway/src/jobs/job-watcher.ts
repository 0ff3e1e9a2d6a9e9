import { Inject, Injectable } from '@nestjs/common';
import { isTerminal, jobHintSubject, type Job } from '@facet/contracts';
import { JobStore, NATS_CONNECTION, type JobRevision } from '@facet/messaging';
import type { NatsConnection } from '@nats-io/transport-node';

/** A hint may be lost with a connection; the key is read this often without one, in ms. */
const POLL_MS = 2_000;

/** Follows jobs by the announcements of their key, and by the key itself, which alone is the truth. */
@Injectable()
export class JobWatcher {
  constructor(
    private readonly jobs: JobStore,
    @Inject(NATS_CONNECTION) private readonly connection: NatsConnection,
  ) {}

  /**
   * Waits for a job to end.
   *
   * @returns the job as it ended, or `null` when the signal came first or its key is gone
   */
  async ended(imageId: string, signal: AbortSignal): Promise<Job | null> {
    for await (const { job } of this.steps(imageId, 0, signal)) {
      if (isTerminal(job.state)) {
        return job;
      }
    }
    return null;
  }

  /**
   * Every step of a job after a revision, as it happens, until its end. Steps that came while nobody listened are
   * told from the key's history.
   */
  async *steps(imageId: string, afterRevision: number, signal: AbortSignal): AsyncGenerator<JobRevision> {
    const hints = new Hints(this.connection, jobHintSubject(imageId), signal);
    let last = afterRevision;
    try {
      while (!signal.aborted) {
        const latest = await this.jobs.find(imageId);
        if (!latest) {
          return;
        }
        if (latest.revision > last) {
          for (const step of await this.jobs.history(imageId, last)) {
            last = step.revision;
            yield step;
          }
        }
        if (isTerminal(latest.job.state)) {
          return;
        }
        await hints.next();
      }
    } finally {
      hints.close();
    }
  }
}

/** Resolves when something may have changed: a hint came since the last time, the poll is due, or the signal fired. */
class Hints {
  private readonly subscription;
  private pending = false;
  private wake: () => void = () => undefined;

  constructor(
    connection: NatsConnection,
    subject: string,
    private readonly signal: AbortSignal,
  ) {
    this.subscription = connection.subscribe(subject, {
      callback: () => {
        this.pending = true;
        this.wake();
      },
    });
  }

  async next(): Promise<void> {
    if (!this.pending && !this.signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, POLL_MS);
        this.wake = (): void => {
          clearTimeout(timer);
          resolve();
        };
        this.signal.addEventListener('abort', this.wake, { once: true });
      });
      this.signal.removeEventListener('abort', this.wake);
    }
    this.pending = false;
  }

  close(): void {
    this.subscription.unsubscribe();
  }
}
