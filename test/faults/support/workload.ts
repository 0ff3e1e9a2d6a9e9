import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '@facet/testing';
import sharp from 'sharp';
import { imageIdOfKey } from '../../../apps/gateway/src/images/image-ids';
import type { Api, Answer, Body } from '../../e2e/support/api';

/** What a client knows in the end of one picture that it asked for. */
export interface Outcome {
  imageId: string;
  /** `unknown`: the client gave up without an answer that is final */
  kind: 'ok' | 'failed' | 'unknown';
  /** the last answer or the last failure, for the log of a test that fails */
  detail: string;
}

interface WorkloadOptions {
  jobs: number;
  /** requests at the same moment */
  concurrency: number;
  /** how long a client asks again with the same key, ms */
  patienceMs: number;
  /** sets the keys of this workload apart from those of another */
  name: string;
}

/** One user of the workload. */
export interface Client {
  api: Api;
  userId: string;
}

/** Longest pause of a client between two tries, in ms, whatever `Retry-After` says. */
const LONGEST_PAUSE_MS = 1_000;

/** A set of pictures that clients ask for, each with an idempotency key, asking again while the answer says that this may help. */
export class Workload {
  readonly outcomes: Outcome[] = [];
  private readonly workers: Promise<void>[];
  private started = 0;

  private constructor(
    private readonly clients: readonly Client[],
    private readonly photo: Buffer,
    private readonly options: WorkloadOptions,
  ) {
    this.workers = Array.from({ length: options.concurrency }, () => this.work());
  }

  static async start(clients: readonly Client[], options: WorkloadOptions): Promise<Workload> {
    const photo = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#c9a227' } })
      .jpeg()
      .toBuffer();
    return new Workload(clients, photo, options);
  }

  /** Resolves when so many have an outcome. */
  async reached(count: number): Promise<void> {
    await waitFor(() => this.outcomes.length >= Math.min(count, this.options.jobs), {
      timeoutMs: 300_000,
      intervalMs: 10,
      what: `${count} outcomes of ${this.options.name}`,
    });
  }

  /** All outcomes. */
  async finished(): Promise<Outcome[]> {
    await Promise.all(this.workers);
    return this.outcomes;
  }

  private async work(): Promise<void> {
    while (this.started < this.options.jobs) {
      const n = this.started;
      this.started += 1;
      const client = this.clients[n % this.clients.length];
      if (client) {
        this.outcomes.push(await this.ask(client, `${this.options.name}-${n}`));
      }
    }
  }

  private async ask(client: Client, key: string): Promise<Outcome> {
    // a client that never got an answer cannot know it, a test must
    const imageId = imageIdOfKey(client.userId, key);
    const patience = Date.now() + this.options.patienceMs;
    let detail = '';
    do {
      try {
        const answer = await this.request(client.api, key);
        detail = `${answer.status} ${JSON.stringify(answer.body)}`.slice(0, 300);
        const kind = kindOf(answer);
        if (kind !== 'again') {
          return { imageId, kind, detail };
        }
        await delay(pauseOf(answer));
      } catch (error) {
        detail = error instanceof Error ? `${error.message}: ${String(error.cause)}` : String(error);
        await delay(LONGEST_PAUSE_MS / 4);
      }
    } while (Date.now() < patience);
    return { imageId, kind: 'unknown', detail };
  }

  private async request(api: Api, key: string): Promise<Answer> {
    const answer = await api.upload('/imgbackendapp/', 'image', this.photo, { 'idempotency-key': key });
    const job = answer.body['job'] as Body | undefined;
    // accepted, and slow: the job is to be followed
    return answer.status === 202 && job ? api.get(`/jobs/${String(job['id'])}`) : answer;
  }
}

function kindOf({ status, body }: Answer): Outcome['kind'] | 'again' {
  const state = (body['job'] as Body | undefined)?.['state'];
  if (state !== undefined) {
    return state === 'succeeded' ? 'ok' : state === 'failed' || state === 'refused' ? 'failed' : 'again';
  }
  if (status === 200) {
    return 'ok';
  }
  return body['retryable'] === true ? 'again' : 'failed';
}

const pauseOf = ({ headers }: Answer): number =>
  Math.min(Number(headers.get('retry-after') ?? 0) * 1_000 || LONGEST_PAUSE_MS / 4, LONGEST_PAUSE_MS);
