import { Inject, Injectable } from '@nestjs/common';
import { isTerminal, jobHintSubject, type Job } from '@facet/contracts';
import { JobStore, NATS_CONNECTION, type JobRevision } from '@facet/messaging';
import { FacetError, withDeadline } from '@facet/platform';
import type { NatsConnection } from '@nats-io/transport-node';

/** A hint may be lost with a connection; the key is read this often without one, in ms. */
const POLL_MS = 2_000;

/** The same while the key cannot be read: NATS is away, and the job may have ended when it is back. */
const POLL_WHILE_AWAY_MS = 500;

/** Longest wait for one reading, in ms. An answer that was lost with its connection never comes, and NATS may be back by then. */
const READING_MS = 1_500;

/** Said of what could not be read this time. */
const UNREADABLE = Symbol('unreadable');

/** Follows jobs by the announcements of their key, and by the key itself, which alone is the truth. Outlives an absence of NATS. */
@Injectable()
export class JobWatcher {
  constructor(
    private readonly jobs: JobStore,
    @Inject(NATS_CONNECTION) private readonly connection: NatsConnection,
  ) {}

  /**
   * Waits for a job to end.
   *
   * @returns the job as it ended, or as it was last seen when the signal came first; `null` when nothing was seen, or its key is gone
   */
  async ended(imageId: string, signal: AbortSignal): Promise<Job | null> {
    let seen: Job | null = null;
    for await (const { job } of this.readings(imageId, signal)) {
      seen = job;
      if (isTerminal(job.state)) {
        break;
      }
    }
    return seen;
  }

  /**
   * Every step of a job after a revision, as it happens, until its end. Steps that came while nobody listened are
   * told from the key's history. What its owner makes of the finished picture is written to the job as well, and is no step.
   */
  async *steps(imageId: string, afterRevision: number, signal: AbortSignal): AsyncGenerator<JobRevision> {
    let last = afterRevision;
    let before: Job | null = null;
    for await (const { job, revision } of this.readings(imageId, signal)) {
      // only a step tells whether the revision behind it is one, so the first time all of them are read
      const known: number = before === null ? 0 : last;
      const history: JobRevision[] | typeof UNREADABLE = revision > last ? await read(() => this.jobs.history(imageId, known), signal) : [];
      for (const step of history === UNREADABLE ? [] : history) {
        // of a picture that was changed often the step itself is forgotten
        const isNew = (step.job.ended_revision ?? step.revision) > last && !isAmendment(before, step.job);
        before = step.job;
        last = Math.max(last, step.revision);
        if (isNew) {
          yield step;
        }
      }
      if (isTerminal(job.state) && last >= revision) {
        return;
      }
    }
  }

  /** The job as it is now, and again whenever it may have changed, until the signal fires or the key is gone. */
  private async *readings(imageId: string, signal: AbortSignal): AsyncGenerator<JobRevision> {
    const hints = new Hints(this.connection, jobHintSubject(imageId), signal);
    try {
      while (!signal.aborted) {
        const found = await read(() => this.jobs.find(imageId), signal);
        if (found === null) {
          return;
        }
        if (found !== UNREADABLE) {
          yield found;
        }
        await hints.next(found === UNREADABLE ? POLL_WHILE_AWAY_MS : POLL_MS);
      }
    } finally {
      hints.close();
    }
  }
}

/** Whether a job ended before already, in the same way: one that was begun anew in between was queued again. */
const isAmendment = (before: Job | null, { state, attempts }: Job): boolean =>
  isTerminal(state) && before?.state === state && before.attempts === attempts;

/** What a reading gives, unless NATS is away, it takes too long, or the signal fires. */
function read<T>(reading: () => Promise<T>, signal: AbortSignal): Promise<T | typeof UNREADABLE> {
  return withDeadline<T | typeof UNREADABLE>(READING_MS, signal, (deadline) => {
    const late = new Promise<typeof UNREADABLE>((resolve) => {
      deadline.addEventListener('abort', () => resolve(UNREADABLE), { once: true });
      if (deadline.aborted) {
        resolve(UNREADABLE);
      }
    });
    const outcome = reading().catch((error: unknown): typeof UNREADABLE => {
      if (error instanceof FacetError && error.code === 'unavailable') {
        return UNREADABLE;
      }
      throw error;
    });
    return Promise.race([outcome, late]);
  });
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

  /** @param pollMs longest wait for a hint, in ms */
  async next(pollMs: number): Promise<void> {
    if (!this.pending && !this.signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pollMs);
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
