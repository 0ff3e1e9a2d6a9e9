import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Job } from '@facet/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { JobPresenter } from './job.presenter';
import { JobWatcher } from './job-watcher';

/** A comment is sent this often, in ms, so that proxies do not take a quiet stream for a dead one (usually after 60 s). */
const HEARTBEAT_MS = 15_000;

/** How long a client should wait before it connects again, in ms. */
const RETRY_MS = 2_000;

/** Server-sent events of jobs (https://html.spec.whatwg.org/multipage/server-sent-events.html). Ids are KV revisions. */
@Injectable()
export class JobEvents implements OnModuleDestroy {
  private readonly logger = new Logger(JobEvents.name);
  private readonly stopping = new AbortController();

  constructor(
    private readonly watcher: JobWatcher,
    private readonly presenter: JobPresenter,
  ) {}

  /** Sends every step after `Last-Event-ID`, and ends the stream with the job. */
  async stream(job: Job, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const after = Number(request.headers['last-event-id'] ?? 0) || 0;
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-request-id': request.id,
    });
    raw.write(`retry: ${RETRY_MS}\n\n`);
    const gone = new AbortController();
    raw.once('close', () => {
      gone.abort();
    });
    const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
    try {
      // eslint-disable-next-line no-restricted-properties -- both signals are held elsewhere
      await this.send(job, after, raw, AbortSignal.any([gone.signal, this.stopping.signal]));
    } catch (error) {
      // the head is sent: all that can be said is to end, and the client asks again with the last id it has
      this.logger.warn({ msg: 'event stream broke off', err: error });
    } finally {
      clearInterval(heartbeat);
      raw.end();
    }
  }

  /** Streams never end by themselves while a job waits: a stop ends them, and clients connect to another gateway. */
  onModuleDestroy(): void {
    this.stopping.abort();
  }

  private async send(job: Job, after: number, raw: FastifyReply['raw'], signal: AbortSignal): Promise<void> {
    let told = false;
    for await (const step of this.watcher.steps(job.id, after, signal)) {
      // its owner may have changed or deleted the picture since that step
      const current = step.job.result === null ? step.job : { ...step.job, result: job.result ?? step.job.result };
      raw.write(eventOf(step.job.state, this.presenter.shown(current), step.revision));
      told = true;
    }
    // answered from the catalog, its key is gone by age: there are no steps any more, only the end
    if (!told && after === 0 && job.fingerprint === '') {
      raw.write(eventOf(job.state, this.presenter.shown(job)));
    }
  }
}

const eventOf = (name: string, data: unknown, id?: number): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
