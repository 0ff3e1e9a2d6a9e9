import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isTerminal } from '@facet/contracts';
import { gemini, GeminiDouble, startNats, waitFor, type RunningNats } from '@facet/testing';
import { Api, type Body } from '../../e2e/support/api';
import { KeptInNats } from '../../e2e/support/kept-in-nats';
import { RunningFacet } from '../../e2e/support/running-facet';
import { verdictOn, type Verdict } from './verdict';
import { Workload, type Client, type Outcome } from './workload';

const USERS = 4;

/** Longest time until things are quiet after a fault, in ms: an acknowledgement wait, a retry and some work. */
const QUIET_MS = 120_000;

/** Where a stage's parts are, and what is special about it. */
export interface StageSettings {
  /** default: the one that `npm run up` brings, with a pid file; `container`: one of its own in a container */
  nats?: 'own' | 'container';
  /** an address that Facet is to use instead of the container's, such as a proxy's in front of it */
  natsUrl?: (container: string) => Promise<string>;
  environment?: Record<string, string>;
  /** of the command, such as `--scale generation=2` */
  options?: readonly string[];
}

/** Facet with all its processes, a model that counts its calls, and hands that break things. */
export class FaultStage {
  private constructor(
    readonly dataDir: string,
    readonly facet: RunningFacet,
    readonly gemini: GeminiDouble,
    readonly kept: KeptInNats,
    readonly clients: readonly Client[],
    private readonly container: RunningNats | null,
  ) {}

  static async set({ nats = 'own', natsUrl, environment = {}, options = [] }: StageSettings): Promise<FaultStage> {
    const double = await GeminiDouble.start();
    double.usually(({ n }) => gemini.picture({ latencyMs: 50 + ((n * 37) % 200) }));
    const container = nats === 'container' ? await startNats() : null;
    const address = container && (natsUrl ? await natsUrl(container.url) : container.url);
    const dataDir = await mkdtemp(join(tmpdir(), 'facet-faults-'));
    const settings = { GOOGLE_API_KEY: double.key, GEMINI_BASE_URL: double.url, GEMINI_MAX_PER_MINUTE: '100000' };
    const facet = await RunningFacet.start(dataDir, { ...settings, ...(address && { NATS_URL: address }), ...environment }, options);
    const kept = container ? await KeptInNats.at(container.url) : await KeptInNats.of(facet);
    const clients = await Promise.all(Array.from({ length: USERS }, (_, n) => clientOf(facet.url, `user-${n}@example.com`)));
    return new FaultStage(dataDir, facet, double, kept, clients, container);
  }

  /** NATS in its container. @throws Error when the stage has none */
  get nats(): RunningNats {
    if (!this.container) {
      throw new Error('this stage uses the NATS of npm run up');
    }
    return this.container;
  }

  /** Where NATS itself listens. @throws Error when the stage uses that of npm run up */
  get natsUrl(): string {
    return this.nats.url;
  }

  async clear(): Promise<void> {
    await this.kept.close();
    await this.facet.stop();
    await this.gemini.stop();
    await this.container?.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** @param name such as `generation-1` or `nats-1` */
  async pid(name: string): Promise<number> {
    return Number(await readFile(join(this.dataDir, 'run', `${name}.pid`), 'utf8'));
  }

  /** Sends a signal to one process, by its pid file. One that is being started again is waited for. */
  async signal(name: string, signal: NodeJS.Signals): Promise<void> {
    const pid = await waitFor(() => this.pid(name), { what: `the pid of ${name}` });
    process.kill(pid, signal);
  }

  /** Kills a process and waits until another has taken its place. */
  async kill(name: string): Promise<void> {
    const pid = await waitFor(() => this.pid(name), { what: `the pid of ${name}` });
    process.kill(pid, 'SIGKILL');
    await waitFor(async () => (await this.pid(name)) !== pid, { timeoutMs: 30_000, what: `another ${name}` });
  }

  /** How long it takes until a new picture is made, in ms. */
  async recovery(name: string): Promise<number> {
    const began = Date.now();
    const probe = await Workload.start(this.clients.slice(0, 1), { jobs: 1, concurrency: 1, patienceMs: 60_000, name });
    this.probes.push(...(await probe.finished()));
    return Date.now() - began;
  }

  /** The verdict on a workload, once nothing moves any more. */
  async verdict(outcomes: readonly Outcome[]): Promise<Verdict> {
    await this.quiet();
    const [records, objects, states] = await Promise.all([this.records(), this.kept.mediaObjects(), this.kept.jobStates()]);
    const assets = objects.flatMap((name) => /\/([0-9a-f]{24})\.\w+$/.exec(name)?.[1] ?? []);
    return verdictOn([...outcomes, ...this.probes], { records, assets, states, providerCalls: this.gemini.calls.length });
  }

  private readonly probes: Outcome[] = [];

  private async quiet(): Promise<void> {
    const check = async (): Promise<boolean> =>
      (await this.kept.unsettled()) === 0 && [...(await this.kept.jobStates()).values()].every(isTerminal);
    // what is not quiet in time is told by the verdict, as jobs without an end
    await waitFor(check, { timeoutMs: QUIET_MS, intervalMs: 250, what: 'quiet' }).catch(() => undefined);
  }

  private async records(): Promise<string[]> {
    const ids: string[] = [];
    for (const { api } of this.clients) {
      for (let page = 1, pages = 1; page <= pages; page += 1) {
        const { body } = await waitFor(
          async () => {
            const answer = await api.get(`/imgbackendapp/user-images?limit=100&page=${page}`);
            return answer.status === 200 ? answer : null;
          },
          { timeoutMs: 30_000, what: 'the gallery' },
        );
        ids.push(...(body['images'] as Body[]).map(({ id }) => String(id)));
        pages = (body['pagination'] as { pages: number }).pages;
      }
    }
    return ids;
  }
}

async function clientOf(url: string, email: string): Promise<Client> {
  const api = await Api.as(url, email);
  const payload = JSON.parse(Buffer.from(api.token?.split('.')[1] ?? '', 'base64url').toString()) as { sub: string };
  return { api, userId: payload.sub };
}
