import {
  canMove,
  canReopen,
  isTerminal,
  Job,
  jobHintSubject,
  JOBS_BUCKET,
  JOBS_BUCKET_STREAM,
  type ImageRecord,
  type JobError,
  type JobState,
} from '@facet/contracts';
import { FacetError } from '@facet/platform';
import { isRemoval } from '../buckets/removal';
import { isWrongRevision } from '../buckets/wrong-revision';
import { keptMessages } from '../streams/kept-messages';
import { assertNotHeld, isHeld, type Hold } from './held-job';
import { amended, type JobRevision } from './job-revision';
import { Kvm, type KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';

/** What a stage may write about a job, beside its state. */
type JobPatch = Partial<Pick<Job, 'attempts' | 'error' | 'result' | 'stored'>>;

/** What `begin()` has found. */
type Beginning = 'begun' | 'again' | 'ended' | 'copy';

/** Lost races before a move gives up. Only a handful of processes ever write to one job. */
const MAX_RACES = 10;

/** The state of every job, in KV. States move forward only, by compare-and-set. */
export class JobStore {
  private constructor(
    private readonly bucket: KV,
    private readonly connection: NatsConnection,
  ) {}

  static async open(connection: NatsConnection): Promise<JobStore> {
    return new JobStore(await new Kvm(connection).open(JOBS_BUCKET), connection);
  }

  /** Creates the job's key. Answers false, and changes nothing, when there is one already. */
  async create(job: Job): Promise<boolean> {
    try {
      await this.bucket.create(job.id, JSON.stringify(Job.parse(job)));
      return true;
    } catch (cause) {
      if (isWrongRevision(cause)) {
        return false;
      }
      throw unavailable(cause);
    }
  }

  /** The job, or `null` when there is none (any more). */
  async find(imageId: string): Promise<JobRevision | null> {
    const entry = await this.guard(this.bucket.get(imageId));
    return entry?.operation === 'PUT' ? { job: Job.parse(entry.json()), revision: entry.revision } : null;
  }

  /** The job's steps that are still known, oldest first, those after a revision only. */
  async history(imageId: string, afterRevision = 0): Promise<JobRevision[]> {
    const newest = await this.find(imageId);
    return newest ? this.guard(this.stepsUntil(newest, afterRevision)) : [];
  }

  /**
   * Moves a job forward. A move back, a move out of a terminal state, and a job that is gone are no error: somebody
   * else was faster, and the message that asked for it is late.
   *
   * @param isMeant whether the job, as it is found, is the one that was meant: it may have been begun anew
   * @returns whether the job is now in that state by this call
   */
  async move(imageId: string, state: JobState, patch: JobPatch = {}, isMeant: (found: Job) => boolean = () => true): Promise<boolean> {
    const moved = await this.change(imageId, ({ job }) =>
      canMove(job.state, state) && isMeant(job) ? { ...job, attempts: 0, ...patch, state } : null,
    );
    return moved !== null;
  }

  /**
   * Ends a job with its picture, which is in the catalog: whoever has given it up meanwhile did not know. Nothing happens to a job
   * that has succeeded already, that was refused, or whose key is gone by age.
   */
  async succeed(imageId: string, result: ImageRecord): Promise<void> {
    await this.change(imageId, ({ job }) =>
      isTerminal(job.state) && !canReopen(job.state) ? null : { ...job, state: 'succeeded', attempts: 0, error: null, result },
    );
  }

  /**
   * Ends a job without a picture. One that has ended already, or is gone by age, stays as it is.
   *
   * @param isMeant whether the job, as it is found, is still what came to this: meanwhile somebody may have taken it further, or
   *   begun it anew
   * @returns false, and nothing changes, when it is not
   */
  async fail(imageId: string, state: 'failed' | 'refused', error: JobError, isMeant: (found: JobRevision) => boolean): Promise<boolean> {
    let wasMeant = true;
    await this.change(imageId, (found) => {
      wasMeant = isMeant(found);
      return !wasMeant || isTerminal(found.job.state) ? null : { ...found.job, state, attempts: 0, error };
    });
    return wasMeant;
  }

  /**
   * Begins to make the picture of a job, for one delivery of its event.
   *
   * @param sequence position of the event in the log
   * @param reopened how often the job had been begun anew when it came to the event
   * @returns `again` when an earlier delivery has begun already, or one before the job was begun anew may have; `ended` when there
   *   is nothing to do any more; `copy` when the picture is made by another event of the same picture, which is left to whoever
   *   handles that one
   */
  async begin(
    imageId: string,
    { sequence, attempt, reopened }: { sequence: number; attempt: number; reopened: number },
  ): Promise<Beginning> {
    // of one whose key is gone by age
    let beginning: Beginning = attempt === 1 ? 'begun' : 'again';
    await this.change(imageId, ({ job }) => {
      beginning = beginningOf(job, sequence, reopened);
      return beginning !== 'copy' && canMove(job.state, 'generating')
        ? { ...job, state: 'generating', attempts: attempt, requested_sequence: sequence }
        : null;
    });
    return beginning;
  }

  /**
   * Begins a failed job anew, as `queued` and without its error, for an event that is about to be published again. The one
   * way out of an end; a picture that came to be and a refusal stay as they are.
   *
   * @param known the job as it was read: what the caller decided by must still be so
   * @returns false, and nothing changes, when the job has not failed, or somebody has written to it since it was read
   * @throws FacetError as `assertNotHeld`
   */
  async reopen({ job, revision }: JobRevision): Promise<boolean> {
    if (!canReopen(job.state)) {
      return false;
    }
    assertNotHeld(job);
    const { ended_revision: _, held_until: __, ...kept } = job;
    const anew = { state: 'queued', attempts: 0, requested_sequence: null, reopened: job.reopened + 1, error: null } as const;
    return (await this.write({ ...kept, ...anew }, revision)) !== null;
  }

  /**
   * Keeps a job from being begun anew while what it has stored is taken away.
   *
   * @param longestMs after which it may be begun anew in any case
   * @param isMeant whether the job, as it is found, is still one whose assets are to go
   * @returns `null`, and nothing changes, when it is not, or its key is gone by age
   */
  async hold(imageId: string, longestMs: number, isMeant: (found: Job) => boolean): Promise<Hold | null> {
    let others: string | undefined;
    const held = await this.change(imageId, (found) => {
      others = isHeld(found.job) ? found.job.held_until : undefined;
      return isMeant(found.job) ? { ...amended(found), held_until: inMs(longestMs) } : null;
    });
    return held && { ...held, others };
  }

  /**
   * Lets a job go that was held, at once or after a while.
   *
   * @param afterMs one that somebody else holds as well is held for that one's time at least: nobody knows who ends last
   * @throws FacetError `unavailable` when others write to it all the time: it is held until its time is over
   */
  async letGo(held: Hold, afterMs = 0): Promise<void> {
    const held_until = latestOf(held.others, afterMs > 0 ? inMs(afterMs) : undefined);
    const isOurs = ({ job }: JobRevision): boolean => job.held_until === held.job.held_until;
    await this.change(held.job.id, (found) => (isOurs(found) ? { ...amended(found), held_until } : null), held);
  }

  /**
   * Brings the picture that a job holds up to date with what its owner has made of it since. Nothing happens for a job that
   * came to nothing, or whose key is gone by age.
   *
   * @param amend gives back the same object when there is nothing to change
   * @throws FacetError `in_progress` (retryable) while the job has not ended: its picture will be written to it only then
   */
  async amendResult(imageId: string, amend: (result: ImageRecord) => ImageRecord): Promise<void> {
    await this.change(imageId, (found) => {
      if (!isTerminal(found.job.state)) {
        throw new FacetError('in_progress', 'The job of this picture has not ended yet.', { retryable: true });
      }
      const result = found.job.result && amend(found.job.result);
      return result === found.job.result ? null : { ...amended(found), result };
    });
  }

  /** Takes a job away with all its steps. Nothing happens when there is none. */
  async erase(imageId: string): Promise<void> {
    await this.guard(this.bucket.purge(imageId));
  }

  /** True when the job has ended, so that work on it would be for nothing. */
  async hasEnded(imageId: string): Promise<boolean> {
    const found = await this.find(imageId);
    return found !== null && isTerminal(found.job.state);
  }

  private async stepsUntil(newest: JobRevision, afterRevision: number): Promise<JobRevision[]> {
    const steps: JobRevision[] = [];
    for await (const message of keptMessages(this.connection, JOBS_BUCKET_STREAM, jobHintSubject(newest.job.id), afterRevision + 1)) {
      if (message.seq <= newest.revision && !isRemoval(message.header)) {
        steps.push({ job: Job.parse(message.json()), revision: message.seq });
      }
      if (message.seq >= newest.revision) {
        break;
      }
    }
    return steps;
  }

  /**
   * Writes to a job what is decided by its newest state: once more where somebody else was faster.
   *
   * @param decide what to write; `null`: nothing
   * @param known the job as it was read already
   * @returns what was written; `null` when nothing was, or the job's key is gone by age
   */
  private async change(imageId: string, decide: (found: JobRevision) => Job | null, known?: JobRevision): Promise<JobRevision | null> {
    let found = known ?? (await this.find(imageId));
    for (let race = 0; race < MAX_RACES; race += 1) {
      const job = found && decide(found);
      if (!found || !job) {
        return null;
      }
      const revision = await this.write(job, found.revision);
      if (revision !== null) {
        return { job, revision };
      }
      found = await this.find(imageId);
    }
    throw tooManyWriters(imageId);
  }

  /** @returns the new revision; `null` when somebody has written to the job since the one that is given */
  private async write(job: Job, revision: number): Promise<number | null> {
    try {
      const written = Job.parse({ ...job, updated_at: new Date().toISOString() });
      return await this.bucket.update(job.id, JSON.stringify(written), revision);
    } catch (cause) {
      if (isWrongRevision(cause)) {
        return null;
      }
      throw unavailable(cause);
    }
  }

  private async guard<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      throw unavailable(cause);
    }
  }
}

/** What a delivery of the event at this position finds of its job, which had been begun anew so often when it came to the event. */
function beginningOf(job: Job, sequence: number, reopened: number): Beginning {
  if (isTerminal(job.state)) {
    return 'ended';
  }
  if (job.reopened > reopened || (job.requested_sequence ?? sequence) !== sequence) {
    return 'copy';
  }
  return job.state === 'queued' && reopened === 0 ? 'begun' : 'again';
}

/** Moments in ISO 8601 sort as texts. */
const latestOf = (...moments: (string | undefined)[]): string | undefined =>
  moments
    .filter((moment) => moment !== undefined)
    .sort()
    .at(-1);

const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

const tooManyWriters = (imageId: string): FacetError => unavailable(new Error(`job ${imageId} is written to by too many at once`));

const unavailable = (cause: unknown): FacetError =>
  new FacetError('unavailable', 'Job states cannot be reached at the moment.', { retryable: true, cause });
