import { queuedJob, type ImageRequested, type Job } from '@facet/contracts';
import { JobStore, publishAgain, retryMessageId } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { eventOf, type Letter } from './letter';
import type { Letters } from './letters';
import { RetriedEvents } from './retried-events';
import { retryStep, type RetryStep } from './retry-step';

/** What became of a letter. */
export interface Outcome {
  /** whether it was done what was asked for */
  done: boolean;
  /** for a person */
  text: string;
}

/** Lost races before a retry gives up. Others may retry the same letter, or work on its job. */
const MAX_RACES = 10;

/**
 * Sends the events of dead letters through the pipeline once more. A letter takes three steps: its job is reopened, its
 * event is published, the letter is deleted. Broken off between any two, a further retry does what is left.
 */
export class Retry {
  private constructor(
    private readonly letters: Letters,
    private readonly jobs: JobStore,
    private readonly log: JetStreamClient,
    private readonly retried: RetriedEvents,
  ) {}

  /** @param letters where the letters lie @param from position in the event log of the oldest event that will be retried */
  static async open(connection: NatsConnection, letters: Letters, from: number): Promise<Retry> {
    return new Retry(letters, await JobStore.open(connection), jetstream(connection), new RetriedEvents(connection, from));
  }

  /** @throws FacetError `unavailable` when NATS does not answer; the letter may be retried again */
  async retry(letter: Letter): Promise<Outcome> {
    const { sequence, subject, data } = letter;
    const read = eventOf(letter);
    if ('fault' in read) {
      return { done: false, text: `cannot be retried, only dropped: ${read.fault}` };
    }
    const { image_id, request } = read.event;
    const kept = { sequence, subject, image_id, data };
    const left = request ? await this.openJob(request, retryMessageId(kept)) : await this.leftOfKeeping(retryMessageId(kept));
    if (typeof left === 'object') {
      return { done: false, text: `kept: ${left.keep}` };
    }
    if (left === 'publish') {
      await publishAgain(this.log, kept);
    }
    await this.letters.delete(sequence);
    return { done: true, text: `${subject} of ${image_id} is on its way again` };
  }

  /** An event of keeping has no job to be opened. */
  private async leftOfKeeping(messageId: string): Promise<'publish' | 'delete'> {
    return (await this.retried.has(messageId)) ? 'delete' : 'publish';
  }

  /** Opens the job if that is what it needs. @returns what is left to be done with the letter */
  private async openJob(event: ImageRequested, messageId: string): Promise<Exclude<RetryStep, 'create' | 'reopen'>> {
    for (let race = 0; race < MAX_RACES; race += 1) {
      const found = await this.jobs.find(event.image_id);
      // after the job was read: if its failure is one that followed upon a retry of this very letter, that retry is on the log
      const step = retryStep(found?.job ?? null, await this.retried.has(messageId));
      if (step !== 'create' && step !== 'reopen') {
        return step;
      }
      if (found ? await this.jobs.reopen(found) : await this.jobs.create(jobOf(event))) {
        return 'publish';
      }
    }
    throw new FacetError('unavailable', `The job ${event.image_id} is written to by too many at once.`, { retryable: true });
  }
}

/** A job whose key is gone, as its event tells it. What its request looked like in detail nobody knows any more. */
const jobOf = (event: ImageRequested): Job => ({ ...queuedJob(event, ''), updated_at: new Date().toISOString() });
