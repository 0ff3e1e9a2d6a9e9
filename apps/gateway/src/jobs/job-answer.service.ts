import { Injectable } from '@nestjs/common';
import { ERROR_CODES, type ErrorCode, type ImageRecord, type Job } from '@facet/contracts';
import { FacetError, withDeadline } from '@facet/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { JobPresenter } from './job.presenter';
import { JobWatcher } from './job-watcher';
import { JobsService } from './jobs.service';

/** How long a request waits for its picture. */
export class WaitLimit {
  constructor(readonly milliseconds: number) {}
}

/** Answers a request that made a job: with the picture when it is there, else with the job to follow. */
@Injectable()
export class JobAnswer {
  constructor(
    private readonly watcher: JobWatcher,
    private readonly jobs: JobsService,
    private readonly presenter: JobPresenter,
    private readonly limit: WaitLimit,
  ) {}

  /**
   * @param present the answer that holds the finished picture
   * @throws FacetError the job's own error when it ended without a picture; `image_deleted` when its picture was deleted since
   */
  async send(
    imageId: string,
    userId: string,
    request: FastifyRequest,
    reply: FastifyReply,
    present: (record: ImageRecord) => unknown,
  ): Promise<unknown> {
    if (prefersAsync(request)) {
      void reply.header('preference-applied', 'respond-async');
      // also for a job that has ended already: the client has said that it will look for itself
      return this.accepted(await this.jobs.get(imageId, userId), reply);
    }
    const job = (await this.endOf(imageId, reply)) ?? (await this.jobs.get(imageId, userId));
    if (job.error) {
      throw errorOf(job);
    }
    if (job.result && job.result.deleted_at !== null) {
      // asked for again by its idempotency key
      throw new FacetError('image_deleted', 'This picture was made, and deleted since.');
    }
    return job.result ? present(job.result) : this.accepted(job, reply);
  }

  private accepted({ id, state }: Job, reply: FastifyReply) {
    void reply.status(202).header('location', `/jobs/${id}`);
    return { success: true, status: 'accepted', job: this.presenter.accepted(id, state) };
  }

  /** The job as it ended, or as it was last seen at the limit or when the client has gone: it goes on without it. */
  private endOf(imageId: string, reply: FastifyReply): Promise<Job | null> {
    const gone = new AbortController();
    reply.raw.once('close', () => {
      gone.abort();
    });
    return withDeadline(this.limit.milliseconds, gone.signal, (signal) => this.watcher.ended(imageId, signal));
  }
}

/** RFC 7240. */
const prefersAsync = (request: FastifyRequest): boolean =>
  /(^|[,;\s])respond-async([,;\s]|$)/i.test(String(request.headers['prefer'] ?? ''));

function errorOf({ error }: Job): FacetError {
  const code = ERROR_CODES.find((known) => known === error?.code) ?? ('internal' satisfies ErrorCode);
  const { message = 'The job failed.', retryable = false, retry_after_seconds } = error ?? {};
  return new FacetError(code, message, { retryable, details: retry_after_seconds === undefined ? {} : { retry_after_seconds } });
}
