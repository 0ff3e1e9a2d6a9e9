import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '@facet/testing';
import sharp from 'sharp';
import { imageIdOfKey } from '../../../apps/gateway/src/images/image-ids';
import type { Api, Answer, Body } from '../../e2e/support/api';

/** What a client knows in the end of one picture that it asked for. */
export interface Outcome {
  imageId: string;
  /** `unknown`: the client gave up, or left, without an answer that is final */
  kind: 'ok' | 'failed' | 'unknown';
  /** answers and failures that were not final */
  troubles: number;
  /** the last answer or the last failure, for the log of a test that fails */
  detail: string;
}

export interface WorkloadOptions {
  jobs: number;
  /** requests at the same moment */
  concurrency: number;
  /** how long a client asks again with the same key, ms */
  patienceMs: number;
  /** sets the keys of this workload apart from those of another */
  name: string;
  /** requests with the same key at the same moment, on connections of their own; default 1 */
  copies?: number;
  /** when the client of the n-th job hangs up, ms, and for good or to ask again; default: it does not */
  leavesAfterMs?: (n: number) => { ms: number; forGood: boolean } | null;
  /** jobs are asked for as long as the fault lasts, `jobs` at least */
  stopsAfterFault?: boolean;
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
  private isOver = false;

  private constructor(
    private readonly clients: readonly Client[],
    private readonly photo: Buffer,
    private readonly options: WorkloadOptions,
  ) {
    this.workers = Array.from({ length: options.concurrency }, () => this.work());
  }

  static async start(clients: readonly Client[], options: WorkloadOptions): Promise<Workload> {
    return new Workload(clients, await aPhoto(), options);
  }

  /** Resolves when so many have an outcome. */
  async reached(count: number): Promise<void> {
    await waitFor(() => this.outcomes.length >= Math.min(count, this.options.jobs), {
      timeoutMs: 600_000,
      intervalMs: 10,
      what: `${count} outcomes of ${this.options.name}`,
    });
  }

  faultIsOver(): void {
    this.isOver = true;
  }

  /** All outcomes. */
  async finished(): Promise<Outcome[]> {
    await Promise.all(this.workers);
    return this.outcomes;
  }

  private async work(): Promise<void> {
    while (this.started < this.options.jobs || (this.options.stopsAfterFault === true && !this.isOver)) {
      const n = this.started;
      this.started += 1;
      const client = this.clients[n % this.clients.length];
      if (client) {
        this.outcomes.push(await this.ask(client, n));
      }
    }
  }

  private async ask(client: Client, n: number): Promise<Outcome> {
    const { name, copies = 1, leavesAfterMs } = this.options;
    const key = `${name.replace(/\W+/g, '-')}-${n}`;
    // a client that never got an answer cannot know it, a test must
    const imageId = imageIdOfKey(client.userId, key);
    const leave = leavesAfterMs?.(n) ?? null;
    if (leave) {
      // whatever the answer is, nobody is there to read it
      const detail = await this.request(client.api, key, AbortSignal.timeout(leave.ms)).then(() => 'in time', String);
      if (leave.forGood) {
        return { imageId, kind: 'unknown', troubles: 0, detail };
      }
    }
    const outcomes = await Promise.all(Array.from({ length: copies }, () => this.askUntilFinal(client.api, key)));
    const worst = outcomes.find(({ kind }) => kind !== 'ok') ?? outcomes[0];
    return { imageId, kind: 'unknown', troubles: 0, detail: '', ...worst };
  }

  private async askUntilFinal(api: Api, key: string): Promise<Omit<Outcome, 'imageId'>> {
    const patience = Date.now() + this.options.patienceMs;
    let detail = '';
    let troubles = 0;
    do {
      try {
        const answer = await this.request(api, key);
        detail = `${answer.status} ${JSON.stringify(answer.body)}`.slice(0, 300);
        const kind = kindOf(answer);
        if (kind !== 'again') {
          return { kind, troubles, detail };
        }
        await delay(pauseOf(answer));
      } catch (error) {
        detail = error instanceof Error ? `${error.message}: ${String(error.cause)}` : String(error);
        await delay(LONGEST_PAUSE_MS / 4);
      }
      troubles += 1;
    } while (Date.now() < patience);
    return { kind: 'unknown', troubles, detail };
  }

  private async request(api: Api, key: string, signal?: AbortSignal): Promise<Answer> {
    const answer = await api.upload('/imgbackendapp/', 'image', this.photo, { 'idempotency-key': key }, { signal });
    const job = answer.body['job'] as Body | undefined;
    // accepted, and slow: the job is to be followed
    return answer.status === 202 && job ? api.get(`/jobs/${String(job['id'])}`) : answer;
  }
}

/** A small one: what is tried is not the model. */
export const aPhoto = (): Promise<Buffer> =>
  sharp({ create: { width: 320, height: 240, channels: 3, background: '#c9a227' } })
    .jpeg()
    .toBuffer();

/** What an answer means to a client; `again`: it may ask once more. */
export function kindOf({ status, body }: Answer): Outcome['kind'] | 'again' {
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
