import { queuedJob, type EventName, type ImageRequested, type Job } from '@facet/contracts';
import { JobStore, publishAgain, retryMessageId } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { LaterEvents } from './later-events';
import { contentOf, eventOf, type Letter } from './letter';
import type { Letters } from './letters';
import { retryStep } from './retry-step';

/** What became of a letter. */
export interface Outcome {
  /** whether it was done what was asked for */
  done: boolean;
  /** for a person */
  text: string;
}

/** What is left to be done with a letter: this event is published, then the letter deleted; or it alone; or it stays, and this is why. */
type Left = { publish: Uint8Array } | 'delete' | { keep: string };

/** The one step of a job that costs nothing again: its picture is there. */
const STORED: EventName = 'image.stored';

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
    private readonly later: LaterEvents,
  ) {}

  /** @param letters where the letters lie @param from position in the event log of the oldest event that will be retried */
  static async open(connection: NatsConnection, letters: Letters, from: number): Promise<Retry> {
    return new Retry(letters, await JobStore.open(connection), jetstream(connection), new LaterEvents(connection, from));
  }

  /** @throws FacetError `unavailable` when NATS does not answer; the letter may be retried again */
  async retry(letter: Letter): Promise<Outcome> {
    const { sequence, subject } = letter;
    const read = eventOf(letter);
    if ('fault' in read) {
      return { done: false, text: `cannot be retried, only dropped: ${read.fault}` };
    }
    const { image_id, request } = read.event;
    const kept = { sequence, subject, image_id };
    const messageId = retryMessageId(kept);
    const left = request ? await this.openJob(letter, request, messageId) : await this.leftOfKeeping(letter, messageId);
    if (typeof left === 'object' && 'keep' in left) {
      return { done: false, text: `kept: ${left.keep}` };
    }
    if (left !== 'delete') {
      // the catalog enters a picture by its first place in the log, as a replay does; of an event of keeping a replay reads both
      const firstSequence = subject === STORED ? await this.later.firstStored(image_id) : undefined;
      await publishAgain(this.log, { ...kept, data: left.publish, firstSequence });
    }
    await this.letters.delete(sequence);
    return { done: true, text: `${subject} of ${image_id} is on its way again` };
  }

  /** An event of keeping has no job to be opened. */
  private async leftOfKeeping({ data }: Letter, messageId: string): Promise<Left> {
    return (await this.later.hasRetry(messageId)) ? 'delete' : { publish: data };
  }

  /** Opens the job if that is what it needs. */
  private async openJob(letter: Letter, event: ImageRequested, messageId: string): Promise<Left> {
    for (let race = 0; race < MAX_RACES; race += 1) {
      const found = await this.jobs.find(event.image_id);
      // after the job was read: if its failure is one that followed upon a retry of this very letter, that retry is on the log
      const isRetried = await this.later.hasRetry(messageId);
      const isOvertaken = letter.subject !== STORED && (await this.later.firstStored(event.image_id)) !== undefined;
      const step = retryStep(found?.job ?? null, { isRetried, isOvertaken });
      if (step === 'delete' || typeof step === 'object') {
        return step;
      }
      const reopened = found ? found.job.reopened + (step === 'reopen' ? 1 : 0) : event.reopened;
      if (step === 'publish' || (found ? await this.jobs.reopen(found) : await this.jobs.create(jobOf(event)))) {
        return { publish: ofAttempt(letter, reopened) };
      }
    }
    throw new FacetError('unavailable', `The job ${event.image_id} is written to by too many at once.`, { retryable: true });
  }
}

/** A job whose key is gone, as its event tells it. What its request looked like in detail nobody knows any more. */
const jobOf = (event: ImageRequested): Job => ({
  ...queuedJob(event, ''),
  reopened: event.reopened,
  updated_at: new Date().toISOString(),
});

/** The letter's event as one of the job's present attempt: what comes of an earlier one does not count any more. */
const ofAttempt = (letter: Letter, reopened: number): Uint8Array =>
  new TextEncoder().encode(JSON.stringify({ ...Object(contentOf(letter)), reopened }));
